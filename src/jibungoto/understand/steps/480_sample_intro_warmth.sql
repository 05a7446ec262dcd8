-- Warmth: how many people answered or reacted to each introduction within 48 hours (7.2).
-- reads: intros, nights, params
select
  n.as_of,
  '' as part,
  cast(i.warmth as double) as amount,
  true as observed,
  i.person,
  i.source,
  i.key
from nights as n
cross join params as p
join intros as i
  on i.day < n.as_of
  and i.day >= n.as_of - p.cohort_window
  and date_diff('second', i.happened_at, n.until_at) >= p.welcome_seconds
