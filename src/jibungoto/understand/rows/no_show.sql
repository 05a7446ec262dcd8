-- Entries whose attendance is told: those who did not come, and the others in the part no.
-- reads: ended, outcomes
select
  e.as_of,
  case when o.came_at_all then 'no' else '' end as part,
  o.person,
  o.source,
  o.key
from ended as e
join outcomes as o on o.as_of = e.as_of and o.initiative = e.initiative and o.is_told
where e.is_recent
qualify
  row_number() over (
    partition by e.as_of, o.initiative, o.person
    order by o.mode, o.source, o.key
  ) = 1
union all
select e.as_of, o.mode as part, o.person, o.source, o.key
from ended as e
join outcomes as o on o.as_of = e.as_of and o.initiative = e.initiative and o.is_told and not o.came
where e.is_recent and o.mode <> 'unsaid'
