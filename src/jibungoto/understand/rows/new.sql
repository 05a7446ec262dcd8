-- Who joined in the period, and the record that says so.
-- reads: firsts, nights, params
select n.as_of, '' as part, f.person, f.source, f.key
from nights as n
cross join params as p
join firsts as f
  on f.is_exact
  and f.capacity = 'member'
  and not f.opted_out
  and f.joined_day < n.as_of
  and f.joined_day >= n.as_of - p.period
