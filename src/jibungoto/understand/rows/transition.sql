-- Who went on to a new family of sources: the act that opened it, in each part; who did not, in the parts no.
-- reads: acts, onward, params
with moved as (
  select
    o.as_of,
    o.person,
    o.family,
    o.next_family,
    coalesce(o.next_at, o.began_at) as happened_at
  from onward as o
),

opened as (
  select m.as_of, m.person, m.family, m.next_family, a.source, a.key
  from moved as m
  cross join params as p
  join acts as a
    on a.person = m.person
    and a.happened_at = m.happened_at
    and a.capacity = 'member'
    and a.day >= p.as_of - p.share_window - 400
  qualify
    row_number() over (
      partition by m.as_of, m.person, m.family
      order by a.source, a.key
    ) = 1
)

select as_of, case when next_family is null then 'no' else '' end as part, person, source, key
from opened
union all
select
  as_of,
  case when next_family is null then concat(family, '.no') else family end as part,
  person,
  source,
  key
from opened
union all
select as_of, concat(family, '>', next_family) as part, person, source, key
from opened
where next_family is not null
