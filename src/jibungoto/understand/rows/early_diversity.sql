-- Newcomers whose first 7 days have passed.
-- reads: sample_early_diversity
select as_of, part, person, source, key
from sample_early_diversity
