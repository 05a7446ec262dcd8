-- Who joined in the period, by the family of sources their first record is of.
-- reads: entered, nights, params
select n.as_of, e.family as part, e.person, e.source, e.key
from nights as n
cross join params as p
join entered as e on e.joined_day < n.as_of and e.joined_day >= n.as_of - p.period
