-- Entries for the venue where it is told who was online: those who watched instead, and the others in the part no.
-- reads: ended, outcomes
select e.as_of, case when o.switched then '' else 'no' end as part, o.person, o.source, o.key
from ended as e
join outcomes as o on o.as_of = e.as_of and o.initiative = e.initiative and o.could_switch
where e.is_recent
