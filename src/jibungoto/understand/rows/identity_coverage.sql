-- Who acted: people known in two sources or a log of one; the others in the part no. The row is their latest act.
-- reads: acts, nights, params, source, who
with known as (
  select person, cast(count(distinct source) as integer) as sources
  from who
  group by person
),

logged as (
  select n.as_of, cast(count(distinct s.source) as integer) as sources
  from nights as n
  join source as s on s.covered_from < n.as_of
  group by n.as_of
),

latest as (
  select n.as_of, a.person, max(a.happened_at) as acted_at
  from nights as n
  cross join params as p
  join acts as a
    on a.capacity = 'member'
    and a.day < n.as_of
    and a.day >= n.as_of - p.cohort_window
  group by n.as_of, a.person
)

select
  t.as_of,
  case when k.sources >= 2 or l.sources = 1 then '' else 'no' end as part,
  a.person,
  a.source,
  a.key
from latest as t
cross join params as p
left join logged as l on l.as_of = t.as_of
join acts as a
  on a.person = t.person
  and a.happened_at = t.acted_at
  and a.capacity = 'member'
  and a.day < t.as_of
  and a.day >= t.as_of - p.cohort_window
join known as k on k.person = a.person
qualify
  row_number() over (
    partition by t.as_of, a.person
    order by a.sequence desc, a.source, a.key
  ) = 1
