-- Posts of events: topics that bear an event's tag, never added to what was made; each counts once (7.5).
-- reads: gatherings, nights, params, posts
select n.as_of, a.source, a.key, a.person, g.initiative
from posts as a
join gatherings as g on g.hashtag = a.tag and a.happened_at >= g.starts_at
join params as p on date_diff('second', g.ended_at, a.happened_at) < p.output_seconds
join nights as n on a.happened_at < n.until_at
qualify
  row_number() over (
    partition by n.as_of, a.source, a.key
    order by g.starts_at desc, g.initiative
  ) = 1
