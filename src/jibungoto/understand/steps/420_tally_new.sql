-- New: members whose exact day of joining lies in the period; lower bounds counted as doubtful (BR6).
-- reads: firsts, nights, params
select
  n.as_of,
  '' as part,
  cast(count(*) filter (where f.is_exact) as integer) as numerator,
  cast(null as integer) as denominator,
  cast(count(*) filter (where not f.is_exact) as integer) as doubtful
from nights as n
cross join params as p
left join firsts as f
  on f.joined_day < n.as_of
  and f.joined_day >= n.as_of - p.period
  and f.capacity = 'member'
  and not f.opted_out
group by n.as_of
