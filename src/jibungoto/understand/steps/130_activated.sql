-- Activated: from when to when, month by month, a starter helped a member or drew them to a start.
-- reads: gathered, starts, ties
select
  t.from_person as person,
  t.to_person as other,
  min(t.day) as day,
  max(t.day) as last_day
from ties as t
semi join starts as s on s.person = t.from_person and s.capacity = 'member'
where t.from_capacity = 'member' and t.to_capacity = 'member' and not t.is_hidden
group by t.from_person, t.to_person, date_trunc('month', t.day)
union all
select starter as person, other, min(day) as day, max(last_day) as last_day
from gathered
where starter_capacity = 'member'
group by starter, other, month
