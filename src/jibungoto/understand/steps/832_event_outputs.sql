-- Outputs of events: each counts once, for the event it names or the newest its author took part in (7.5).
-- reads: entries, gatherings, nights, outputs, params, seen
with took_part as (
  select as_of, initiative, person
  from entries
  union
  select as_of, initiative, person
  from seen
),

own as (
  select n.as_of, o.source, o.key, o.person, g.initiative, g.starts_at, o.happened_at, g.ended_at
  from outputs as o
  join nights as n on o.happened_at < n.until_at
  join gatherings as g on g.initiative = o.initiative
  where o.capacity = 'member'
),

other as (
  select t.as_of, o.source, o.key, o.person, g.initiative, g.starts_at, o.happened_at, g.ended_at
  from outputs as o
  anti join gatherings as h on h.initiative = o.initiative
  join took_part as t on t.person = o.person
  join nights as n on n.as_of = t.as_of and o.happened_at < n.until_at
  join gatherings as g on g.initiative = t.initiative
  where o.capacity = 'member'
),

near as (
  select as_of, source, key, person, initiative, starts_at, happened_at, ended_at
  from own
  union all
  select as_of, source, key, person, initiative, starts_at, happened_at, ended_at
  from other
)

select n.as_of, n.source, n.key, n.person, n.initiative
from near as n
join params as p
  on n.happened_at >= n.starts_at
  and date_diff('second', n.ended_at, n.happened_at) < p.output_seconds
qualify
  row_number() over (
    partition by n.as_of, n.source, n.key
    order by n.starts_at desc, n.initiative
  ) = 1
