-- Who contributed, started or sustained in the quarter, whatever their organisation; the row is their latest such act.
-- reads: sample_effort
select as_of, part, person, source, key
from sample_effort
