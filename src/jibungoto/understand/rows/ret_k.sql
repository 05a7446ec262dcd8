-- Newcomers of each cohort: those who acted again, and the others beside them; the row is their first.
-- reads: cohorts
select as_of, case when is_back then part else concat(part, '.no') end as part, person, source, key
from cohorts
