-- Gathered: on which days which other members acted in somebody's initiative.
-- reads: acts, starts
select
  s.initiative,
  s.person as starter,
  s.capacity as starter_capacity,
  a.person as other,
  a.day,
  cast(date_trunc('month', a.day) as date) as month,
  min(a.happened_at) as first_at
from starts as s
join acts as a
  on a.initiative = s.initiative
  and a.person <> s.person
  and a.capacity = 'member'
  and a.happened_at >= s.happened_at
group by s.initiative, s.person, s.capacity, a.person, a.day
