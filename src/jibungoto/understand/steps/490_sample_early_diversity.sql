-- Early diversity: classes of act x places in each newcomer's first 7 days (7.2).
-- reads: newcomers, nights, params
select
  n.as_of,
  '' as part,
  cast(c.diversity as double) as amount,
  true as observed,
  c.person,
  c.source,
  c.key
from nights as n
cross join params as p
join newcomers as c
  on c.joins
  and c.joined_day < n.as_of
  and c.joined_day >= n.as_of - p.cohort_window
  and date_diff('second', c.joined_at, n.until_at) >= p.act7_seconds
