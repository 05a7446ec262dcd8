-- Starts: who brought each initiative into being (BR9: default places are nobody's start).
-- reads: acts
select
  row_number() over (order by happened_at, sequence, source, key) as number,
  person,
  capacity,
  source,
  key,
  initiative,
  happened_at,
  sequence,
  day,
  place,
  cast(date_trunc('month', day) as date) as month
from (
  select
    person,
    capacity,
    source,
    key,
    initiative,
    happened_at,
    sequence,
    day,
    place,
    row_number() over (partition by initiative order by happened_at, sequence, source, key) as nth
  from acts
  where class = 'START' and initiative is not null
) as s
where nth = 1
