-- Started, and nobody came yet: what one may ask the starter about.
-- reads: drawn, nights, params
select n.as_of, '' as part, d.person, d.source, d.key
from nights as n
cross join params as p
join drawn as d
  on d.kind <> 'event'
  and d.day < n.as_of
  and d.day >= n.as_of - p.cohort_window
  and (d.came_day is null or d.came_day >= n.as_of)
