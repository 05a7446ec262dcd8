-- Newcomers of a year by how widely they began: who contributed, and who did not in the parts no. The row is their first record.
-- reads: widened
select
  as_of,
  case when has_contributed then part else concat(part, '.no') end as part,
  person,
  source,
  key
from widened
