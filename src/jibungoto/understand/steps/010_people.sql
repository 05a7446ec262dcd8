-- People: everybody behind a handle, and whether they asked not to be counted.
-- reads: who
select
  person,
  max(case when opted_out then 1 else 0 end) = 1 as opted_out
from who
group by person
