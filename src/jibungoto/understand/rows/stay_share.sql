-- Attendances online whose minutes are known, at events whose length is known.
-- reads: sample_stay_share
select as_of, part, person, source, key
from sample_stay_share
