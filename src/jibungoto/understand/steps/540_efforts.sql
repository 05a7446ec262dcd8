-- Efforts: what people did for others, started or kept alive in the quarters asked for (7.7, BR19).
-- reads: acts, quarters, sustain
with asked as (
  select distinct quarter
  from quarters
)

select q.quarter, a.person, a.capacity, a.class, a.source, a.key, a.happened_at, a.sequence
from acts as a
join asked as q on q.quarter = cast(date_trunc('quarter', a.day) as date)
where a.class in ('CONTRIBUTE', 'BRING', 'START', 'SUSTAIN') and a.capacity <> 'bot'
union all
select
  q.quarter,
  k.person,
  'member' as capacity,
  'SUSTAIN' as class,
  k.source,
  k.key,
  k.happened_at,
  k.sequence
from sustain as k
join asked as q on q.quarter = cast(date_trunc('quarter', k.day) as date)
where k.class not in ('CONTRIBUTE', 'SUSTAIN')
