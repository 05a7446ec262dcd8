-- Questions of the window, answered or still waiting in the part waiting.
-- reads: sample_ttfr
select as_of, case when observed then '' else 'waiting' end as part, person, source, key
from sample_ttfr
