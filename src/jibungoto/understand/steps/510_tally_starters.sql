-- Starters: distinct members with a qualified start in 90 days, and their share of the active (7.4).
-- reads: days, nights, params, qualified
with starters as (
  select distinct n.as_of, q.person
  from nights as n
  cross join params as p
  join qualified as q
    on q.capacity = 'member'
    and q.qualified_day < n.as_of
    and q.qualified_day >= n.as_of - p.cohort_window
),

active as (
  select distinct n.as_of, d.person
  from nights as n
  cross join params as p
  join days as d on d.day < n.as_of and d.day >= n.as_of - p.cohort_window
)

select
  n.as_of,
  'starters' as measure,
  '' as part,
  cast(count(s.person) as integer) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from nights as n
left join starters as s on s.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'starter_rate' as measure,
  '' as part,
  cast(count(s.person) as integer) as numerator,
  cast(count(a.person) as integer) as denominator,
  0 as doubtful
from nights as n
left join active as a on a.as_of = n.as_of
left join starters as s on s.as_of = a.as_of and s.person = a.person
group by n.as_of
