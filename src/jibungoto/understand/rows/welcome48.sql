-- Newcomers' first posts: welcomed, only seen, or in the part no.
-- reads: newcomers, nights, params, received, source
select
  n.as_of,
  case
    when
      date_diff('second', r.happened_at, r.thread_at) < p.welcome_seconds
      or date_diff('second', r.happened_at, r.mention_at) < p.welcome_seconds
      or date_diff('second', r.happened_at, r.reaction_at) < p.welcome_seconds
      then ''
    when r.announced_at < n.until_at then 'untold'
    when r.seen_at < n.until_at then 'undated_reaction'
    else 'no'
  end as part,
  r.person,
  r.source,
  r.key
from nights as n
cross join params as p
join received as r
  on r.is_first
  and r.day < n.as_of
  and r.day >= n.as_of - p.cohort_window
  and date_diff('second', r.happened_at, least(n.until_at, r.watched_at)) >= p.welcome_seconds
join newcomers as c on c.person = r.person
join source as s on s.source = r.source and s.threads
