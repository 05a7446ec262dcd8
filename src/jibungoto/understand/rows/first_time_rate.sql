-- Attendances at the events that ended lately: first ones, by way too, and the others in the part no.
-- reads: ended, seen
select e.as_of, case when s.is_first then '' else 'no' end as part, s.person, s.source, s.key
from ended as e
join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
where e.is_recent
qualify
  row_number() over (
    partition by e.as_of, s.initiative, s.person
    order by s.mode, s.source, s.key
  ) = 1
union all
select e.as_of, s.mode as part, s.person, s.source, s.key
from ended as e
join seen as s on s.as_of = e.as_of and s.initiative = e.initiative and s.is_first
where e.is_recent and s.mode <> 'unsaid'
