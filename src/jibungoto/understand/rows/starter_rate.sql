-- Qualified starts of the window.
-- reads: nights, params, qualified
select n.as_of, '' as part, q.person, q.source, q.key
from nights as n
cross join params as p
join qualified as q
  on q.capacity = 'member'
  and q.qualified_day < n.as_of
  and q.qualified_day >= n.as_of - p.cohort_window
