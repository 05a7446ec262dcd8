-- Qualified starts: enough others acted in time; qualified on the day the last needed one came (BR14).
-- reads: gathered, params, starts
with first_ever as (
  select
    g.start,
    g.other,
    min(g.first_at) as first_at,
    min(g.day) as day
  from gathered as g
  join starts as s on s.number = g.start
  join params as p on date_diff('second', s.happened_at, g.first_at) < p.qualify_seconds
  group by g.start, g.other
),

ranked as (
  select
    start,
    first_at,
    day,
    row_number() over (partition by start order by first_at, other) as arrival
  from first_ever
)

select
  s.person,
  s.capacity,
  s.initiative,
  s.source,
  s.key,
  s.happened_at,
  s.day as start_day,
  r.day as qualified_day
from starts as s
join ranked as r on r.start = s.number
join params as p on r.arrival = p.qualify_others
