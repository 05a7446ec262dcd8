-- What staff did for others and what they started in the quarter.
-- reads: efforts, quarters
select
  q.as_of,
  case when e.class = 'START' then 'starts' else 'helps' end as part,
  e.person,
  e.source,
  e.key
from quarters as q
join efforts as e on e.quarter = q.quarter
where e.capacity = 'staff' and e.class in ('CONTRIBUTE', 'BRING', 'START')
