-- Questions: every question by a member within the horizon where threads are told, and when it was first answered (BR16).
-- reads: received, source
select
  r.source,
  r.key,
  r.person,
  r.happened_at,
  r.day,
  r.place,
  least(coalesce(r.thread_at, r.mention_at), coalesce(r.mention_at, r.thread_at)) as answered_at,
  r.seen_at,
  r.others_at,
  r.announced_at,
  r.watched_at
from received as r
join source as s on s.source = r.source and s.threads
where r.is_question
