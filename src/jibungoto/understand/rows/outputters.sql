-- Who made something in the 14 days after events; the row is one of what they made.
-- reads: ended, event_outputs
select e.as_of, '' as part, o.person, o.source, o.key
from ended as e
join event_outputs as o on o.as_of = e.as_of and o.initiative = e.initiative
where e.is_settled
qualify
  row_number() over (
    partition by e.as_of, o.person
    order by o.source, o.key
  ) = 1
