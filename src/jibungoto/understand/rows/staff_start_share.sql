-- Qualified starts of the window: those by staff, and the others in the part no.
-- reads: starting
select as_of, case when capacity = 'staff' then '' else 'no' end as part, person, source, key
from starting
