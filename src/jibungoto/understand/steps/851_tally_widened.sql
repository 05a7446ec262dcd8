-- Contributing by width: of newcomers who began in one family of sources or in several, who contributed (7.9).
-- reads: journeys, nights, widened
with begun as (
  select n.as_of, cast(count(distinct j.family) as integer) as families
  from nights as n
  left join journeys as j on j.began_at < n.until_at
  group by n.as_of
),

lines as (
  select b.as_of, b.families, m.part
  from begun as b
  cross join (
    select 'several' as part
    union all
    select 'one' as part
  ) as m
),

numbers as (
  select
    f.as_of,
    f.families,
    f.part,
    cast(count(*) filter (where w.has_contributed) as integer) as contributed,
    cast(count(w.person) as integer) as people
  from lines as f
  left join widened as w on w.as_of = f.as_of and w.part = f.part
  group by f.as_of, f.families, f.part
)

select
  c.as_of,
  m.measure,
  c.part,
  case when c.families < 2 then 0 else c.contributed end as numerator,
  case when c.families < 2 then 0 else c.people end as denominator,
  case when c.families < 2 then c.people else 0 end as doubtful
from numbers as c
cross join (
  select 'bridge_gap' as measure
  union all
  select 'bridge_rate' as measure
) as m
