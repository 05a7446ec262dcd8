-- Debuts: the first day on which each member acted.
-- reads: days
select person, min(day) as day
from days
group by person
