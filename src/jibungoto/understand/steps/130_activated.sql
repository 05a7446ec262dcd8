-- Activated: on which days a starter helped which member, or that one acted in their initiative.
-- reads: gathered, starts, ties
select
  t.from_person as person,
  t.to_person as other,
  t.day
from ties as t
semi join starts as s on s.person = t.from_person and s.capacity = 'member'
where t.from_capacity = 'member' and t.to_capacity = 'member' and not t.is_hidden
union
select
  starter as person,
  other,
  day
from gathered
where starter_capacity = 'member'
