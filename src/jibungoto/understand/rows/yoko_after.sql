-- Pairs of guests who first talked after an event: who turned to the other, and how.
-- reads: new_pairs
select as_of, '' as part, person, source, key
from new_pairs
