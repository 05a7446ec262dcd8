-- Guests: who came to each event that has been over for 30 days, events of many weeks left out (7.8).
-- reads: gatherings, nights, params, seen
select distinct
  n.as_of,
  g.initiative,
  g.starts_at,
  g.ended_at,
  s.person
from nights as n
cross join params as p
join gatherings as g
  on date_diff('second', g.ended_at, n.until_at) > p.meet_seconds
  and date_diff('second', g.ended_at, n.until_at) <= p.meet_seconds + p.event_seconds
  and date_diff('second', g.starts_at, g.ended_at) <= p.meet_longest_seconds
left join seen as s on s.as_of = n.as_of and s.initiative = g.initiative
