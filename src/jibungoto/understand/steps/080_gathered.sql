-- Gathered: in which months which other members acted in somebody's initiative, from when to when.
-- reads: acts, params, starts
select
  s.number as start,
  s.person as starter,
  s.capacity as starter_capacity,
  a.person as other,
  cast(date_trunc('month', a.day) as date) as month,
  min(a.day) as day,
  max(a.day) as last_day,
  min(a.happened_at) as first_at,
  min(case
    when date_diff('second', s.happened_at, a.happened_at) >= p.survive_from_days * 86400 then a.day
  end) as late_day
from starts as s
cross join params as p
join acts as a
  on a.initiative = s.initiative
  and a.person <> s.person
  and a.capacity = 'member'
  and a.happened_at >= s.happened_at
group by s.number, s.person, s.capacity, a.person, cast(date_trunc('month', a.day) as date)
