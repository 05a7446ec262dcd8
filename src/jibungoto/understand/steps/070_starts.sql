-- Starts: who brought each initiative into being (BR9: default places are nobody's start).
-- reads: acts
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
  cast(date_trunc('month', day) as date) as month
from acts
where class = 'START' and initiative is not null
qualify row_number() over (partition by initiative order by happened_at, sequence, source, key) = 1
