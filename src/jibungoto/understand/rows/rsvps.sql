-- The events of which the source says how many registered, or waited; nobody is named.
-- reads: reported
select as_of, '' as part, cast(null as integer) as person, source, initiative as key
from reported
where registered is not null
union all
select as_of, 'waiting' as part, cast(null as integer) as person, source, initiative as key
from reported
where waiting is not null
