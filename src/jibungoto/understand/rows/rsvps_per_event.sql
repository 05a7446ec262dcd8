-- The events of which the source says how many registered; nobody is named.
-- reads: reported
select as_of, '' as part, cast(null as integer) as person, source, initiative as key
from reported
where registered is not null
