-- What members made in the 14 days after events of which it is told who came.
-- reads: ended, event_outputs
select e.as_of, '' as part, o.person, o.source, o.key
from ended as e
join event_outputs as o on o.as_of = e.as_of and o.initiative = e.initiative
where e.is_settled and e.has_attendance
