-- Attendances online whose minutes are known.
-- reads: sample_stay
select as_of, part, person, source, key
from sample_stay
