-- Reported registrations of single events: each event that ended lately and of which its source says how many.
-- reads: reported
select
  as_of,
  '' as part,
  cast(registered as double) as amount,
  true as observed,
  cast(row_number() over (partition by as_of order by initiative) as integer) as person,
  source,
  initiative as key
from reported
where registered is not null
