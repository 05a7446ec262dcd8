-- Organisations: how much each one's members contributed, started and sustained; unknown ones are their own (7.7).
-- reads: acts, efforts, quarters, who
with belonging as (
  select person, organisation, from_day, to_day
  from who
  where organisation is not null
),

members as (
  select quarter, person, source, key
  from efforts
  where capacity = 'member' and class <> 'BRING'
),

placed as (
  select a.source, a.key, min(b.organisation) as organisation
  from belonging as b
  join members as m on m.person = b.person
  join acts as a
    on a.source = m.source
    and a.key = m.key
    and (b.from_day is null or b.from_day <= a.day)
    and (b.to_day is null or a.day < b.to_day)
  group by a.source, a.key
),

done as (
  select
    m.quarter,
    p.organisation is not null as is_known,
    coalesce(p.organisation, m.person) as unit
  from members as m
  left join placed as p on p.source = m.source and p.key = m.key
),

totals as (
  select
    quarter,
    is_known,
    unit,
    cast(count(*) as integer) as acts,
    cast(row_number() over (partition by quarter order by is_known, unit) as integer) as number
  from done
  group by quarter, is_known, unit
)

select
  q.as_of,
  '' as part,
  cast(t.acts as double) as amount,
  t.is_known as observed,
  t.number as person
from quarters as q
join totals as t on t.quarter = q.quarter
