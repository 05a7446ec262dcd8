-- Effort: how much each member contributed, started and sustained in the quarter; the row is the latest.
-- reads: efforts, quarters
with members as (
  select quarter, person, source, key, happened_at, sequence
  from efforts
  where capacity = 'member' and class <> 'BRING'
),

totals as (
  select quarter, person, cast(count(*) as integer) as acts
  from members
  group by quarter, person
),

latest as (
  select quarter, person, source, key
  from members
  qualify
    row_number() over (
      partition by quarter, person
      order by happened_at desc, sequence desc, source, key
    ) = 1
)

select
  q.as_of,
  '' as part,
  cast(t.acts as double) as amount,
  true as observed,
  t.person,
  l.source,
  l.key
from quarters as q
join totals as t on t.quarter = q.quarter
join latest as l on l.quarter = t.quarter and l.person = t.person
