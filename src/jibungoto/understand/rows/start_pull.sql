-- Starts whose first 30 days have passed; those that qualified once more in their own part.
-- reads: sample_start_pull
select as_of, part, person, source, key
from sample_start_pull
