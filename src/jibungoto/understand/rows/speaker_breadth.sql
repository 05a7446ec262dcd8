-- Members who gave a talk within a year; the row is their newest.
-- reads: speakers
select as_of, '' as part, person, source, key
from speakers
