-- Members whose first talk was within a year; the other speakers in the part no. The row is their newest talk.
-- reads: speakers
select as_of, case when is_first then '' else 'no' end as part, person, source, key
from speakers
