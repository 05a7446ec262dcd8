-- Questions old enough, each in the part that says what became of it.
-- reads: nights, params, questions
select
  n.as_of,
  case
    when date_diff('second', q.happened_at, q.answered_at) < p.unanswered_seconds then 'answered'
    when q.announced_at < n.until_at then 'untold'
    when q.seen_at < n.until_at then 'seen'
    when date_diff('second', q.happened_at, q.others_at) < p.unanswered_seconds
      then 'no_visible_reply'
    else ''
  end as part,
  q.person,
  q.source,
  q.key
from nights as n
cross join params as p
join questions as q
  on q.day < n.as_of
  and q.day >= n.as_of - p.cohort_window
  and date_diff('second', q.happened_at, least(n.until_at, q.watched_at)) >= p.unanswered_seconds
