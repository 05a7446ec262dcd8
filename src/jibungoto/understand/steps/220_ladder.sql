-- Ladder: where every registered member stands on each night, and how far that can be known (BR14).
-- reads: days, firsts, nights, params, reach, registry, stages
with spans as (
  select as_of, lag(as_of) over (order by as_of) as as_of_before
  from nights
),

seen as (
  select n.as_of, d.person, max(d.day) as last_day
  from spans as n
  join days as d on d.day < n.as_of and (n.as_of_before is null or d.day >= n.as_of_before)
  group by n.as_of, d.person
),

latest as (
  select n.as_of, d.person, max(d.last_day) as last_day
  from nights as n
  join seen as d on d.as_of <= n.as_of
  group by n.as_of, d.person
)

select
  g.as_of,
  g.person,
  coalesce(s.stage, 0) as stage,
  coalesce(s.satisfied, 0) as satisfied,
  coalesce(s.dormant, false) as dormant,
  s.held_night - 1 as since_day,
  l.last_day,
  coalesce(s.stage, 0) < 5
  and not coalesce(f.is_exact, false)
  and coalesce(date_diff('day', r.covered_from, g.as_of) < p.start_window, false) as is_at_least,
  coalesce(s.stage, 0) < 3 and not coalesce(r.tells_help, false) as is_help_unknown,
  coalesce(s.stage, 0) < 5 and not coalesce(r.tells_starts, false) as is_start_unknown,
  coalesce(s.stage, 0) >= 1
  and coalesce(s.stage, 0) <= 4
  and not coalesce(r.tells_help and r.tells_starts, false) as is_higher_unknown
from registry as g
cross join params as p
left join reach as r on r.person = g.person
left join stages as s
  on s.person = g.person
  and s.night <= g.as_of
  and (s.next_night is null or s.next_night > g.as_of)
left join firsts as f on f.person = g.person
left join latest as l on l.person = g.person and l.as_of = g.as_of
where g.capacity = 'member' and g.is_known and not g.is_deleted
