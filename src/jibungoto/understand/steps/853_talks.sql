-- Talks: everything that was presented to others, by whom and in which capacity (7.5).
-- reads: acts
select
  person,
  capacity,
  source,
  key,
  happened_at,
  sequence,
  day
from acts
where kind = 'talk'
