-- Several families: of members active in 90 days, those who ever acted in two families or more (7.9).
-- reads: days, journeys, nights, params
with active as (
  select distinct n.as_of, n.until_at, d.person
  from nights as n
  cross join params as p
  join days as d on d.day < n.as_of and d.day >= n.as_of - p.cohort_window
),

begun as (
  select family, min(began_at) as began_at
  from journeys
  group by family
),

known as (
  select n.as_of, cast(count(b.family) as integer) as families
  from nights as n
  left join begun as b on b.began_at < n.until_at
  group by n.as_of
),

numbers as (
  select
    k.as_of,
    k.families,
    cast(count(j.person) as integer) as several,
    cast(count(a.person) as integer) as people
  from known as k
  left join active as a on a.as_of = k.as_of
  left join journeys as j
    on j.person = a.person and j.position = 2 and j.began_at < a.until_at
  group by k.as_of, k.families
)

select
  as_of,
  '' as part,
  several as numerator,
  case when families < 2 then 0 else people end as denominator,
  case when families < 2 then people else 0 end as doubtful
from numbers
