-- The events that followed another of their series within a year; nobody is named.
-- reads: sample_event_gap
select as_of, part, cast(null as integer) as person, source, key
from sample_event_gap
