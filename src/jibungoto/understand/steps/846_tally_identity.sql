-- Identity: of members' acts in 90 days, those by people known in two sources, or in a log of one source (7.9).
-- reads: acts, nights, params, source, who
with bounds as (
  select min(as_of) as first_night
  from nights
),

busy as (
  select a.person, a.day, cast(count(*) as integer) as acts
  from acts as a
  cross join params as p
  join bounds as b on a.day >= b.first_night - p.cohort_window
  where a.capacity = 'member'
  group by a.person, a.day
),

known as (
  select person, cast(count(distinct source) as integer) as sources
  from who
  group by person
),

logged as (
  select n.as_of, cast(count(distinct s.source) as integer) as sources
  from nights as n
  join source as s on s.covered_from < n.as_of
  group by n.as_of
)

select
  n.as_of,
  '' as part,
  cast(coalesce(sum(
    case when k.sources >= 2 or l.sources = 1 then b.acts else 0 end
  ), 0) as integer) as numerator,
  cast(coalesce(sum(b.acts), 0) as integer) as denominator,
  0 as doubtful
from nights as n
cross join params as p
left join logged as l on l.as_of = n.as_of
left join busy as b on b.day < n.as_of and b.day >= n.as_of - p.cohort_window
left join known as k on k.person = b.person
group by n.as_of
