-- Events at a venue alone of which it is told how many seats there were and who came; nobody is named.
-- reads: sample_seat_use
select as_of, part, cast(null as integer) as person, source, key
from sample_seat_use
