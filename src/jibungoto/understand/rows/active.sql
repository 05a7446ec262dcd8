-- Who was active; the row is their latest act, and the latest that is no reaction.
-- reads: acts, nights, params
select n.as_of, '' as part, a.person, a.source, a.key
from nights as n
cross join params as p
join acts as a
  on a.capacity = 'member'
  and a.day < n.as_of
  and a.day >= n.as_of - p.active_window
qualify
  row_number() over (
    partition by n.as_of, a.person
    order by a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
union all
select n.as_of, 'without_reaction_only' as part, a.person, a.source, a.key
from nights as n
cross join params as p
join acts as a
  on a.capacity = 'member'
  and a.kind <> 'reaction'
  and a.day < n.as_of
  and a.day >= n.as_of - p.active_window
qualify
  row_number() over (
    partition by n.as_of, a.person
    order by a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
