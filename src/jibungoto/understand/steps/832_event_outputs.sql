-- Outputs of events: each counts once, for the event it names, whose tag it bears, or its author was at (7.5).
-- reads: entries, gatherings, nights, outputs, params, seen, tags
with took_part as (
  select as_of, initiative, person
  from entries
  union
  select as_of, initiative, person
  from seen
),

made as (
  select o.source, o.key, o.record, o.person, o.happened_at, o.is_code
  from outputs as o
  anti join gatherings as h on h.initiative = o.initiative
  where o.capacity = 'member'
),

known as (
  select n.as_of, o.source, o.key, o.person, g.initiative, 'named' as way, 1 as place
  from outputs as o
  join nights as n on o.happened_at < n.until_at
  join gatherings as g on g.initiative = o.initiative
  where o.capacity = 'member'
  union all
  select n.as_of, o.source, o.key, o.person, g.initiative, 'tagged' as way, 1 as place
  from made as o
  join nights as n on o.happened_at < n.until_at
  join tags as t on t.source = o.source and t.record = o.record
  join gatherings as g on g.hashtag = t.tag
  union all
  select t.as_of, o.source, o.key, o.person, t.initiative, 'guests' as way, 2 as place
  from made as o
  join took_part as t on t.person = o.person
  join nights as n on n.as_of = t.as_of and o.happened_at < n.until_at
  where not o.is_code
)

select k.as_of, k.source, k.key, k.person, k.initiative, k.way
from known as k
join gatherings as g on g.initiative = k.initiative
join outputs as o
  on o.source = k.source and o.key = k.key and o.happened_at >= g.starts_at
join params as p on date_diff('second', g.ended_at, o.happened_at) < p.output_seconds
qualify
  row_number() over (
    partition by k.as_of, k.source, k.key
    order by k.place, g.starts_at desc, k.initiative
  ) = 1
