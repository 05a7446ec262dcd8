-- Starters of the window: those whose first start it is, and the others in the part no; a start each.
-- reads: starting
select as_of, case when is_new then '' else 'no' end as part, person, source, key
from starting
where capacity = 'member'
qualify row_number() over (partition by as_of, person order by source, key) = 1
