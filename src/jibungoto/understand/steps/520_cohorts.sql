-- Cohorts: newcomers whose k-th 30 days have passed within the last 90, and who acted in them (7.1).
-- reads: newcomers, nights, params
with stretches as (
  select person, source, key, joined_at, joined_day, 1 as k, back_1 as is_back from newcomers
  union all
  select person, source, key, joined_at, joined_day, 2 as k, back_2 as is_back from newcomers
  union all
  select person, source, key, joined_at, joined_day, 3 as k, back_3 as is_back from newcomers
  union all
  select person, source, key, joined_at, joined_day, 6 as k, back_6 as is_back from newcomers
  union all
  select person, source, key, joined_at, joined_day, 12 as k, back_12 as is_back from newcomers
)

select
  n.as_of,
  concat('k', cast(s.k as varchar)) as part,
  s.person,
  s.source,
  s.key,
  s.is_back
from nights as n
cross join params as p
join stretches as s
  on s.joined_day < n.as_of - (s.k + 1) * p.stretch_days
  and s.joined_day >= n.as_of - (s.k + 1) * p.stretch_days - p.cohort_window
  and date_diff('second', s.joined_at, n.until_at) >= (s.k + 1) * p.stretch_days * 86400
