-- Time to first response: hours to the first answer, or hours watched without one (7.2, BR16).
-- reads: nights, params, questions
select
  n.as_of,
  '' as part,
  cast(date_diff('second', q.happened_at, case
    when q.answered_at is not null and q.answered_at < n.until_at then q.answered_at
    else greatest(q.happened_at, least(n.until_at, q.watched_at))
  end) as double) / 3600 as amount,
  coalesce(q.answered_at < n.until_at, false) as observed,
  q.person,
  q.source,
  q.key
from nights as n
cross join params as p
join questions as q
  on q.day < n.as_of
  and q.day >= n.as_of - p.cohort_window
  and (q.announced_at is null or q.announced_at >= n.until_at)
