-- Starts old enough to tell: those where others still acted, and those in the part no.
-- reads: outlasting
select as_of, case when survives then '' else 'no' end as part, person, source, key
from outlasting
