-- Who was active; the row is their latest act, and the latest that is no reaction.
-- reads: acts, nights, params
with latest as (
  select
    n.as_of,
    a.person,
    max(a.happened_at) as acted_at,
    max(case when a.kind <> 'reaction' then a.happened_at end) as spoke_at
  from nights as n
  cross join params as p
  join acts as a
    on a.capacity = 'member'
    and a.day < n.as_of
    and a.day >= n.as_of - p.active_window
  group by n.as_of, a.person
)

select l.as_of, '' as part, a.person, a.source, a.key
from latest as l
cross join params as p
join acts as a
  on a.person = l.person
  and a.happened_at = l.acted_at
  and a.capacity = 'member'
  and a.day < l.as_of
  and a.day >= l.as_of - p.active_window
qualify
  row_number() over (
    partition by l.as_of, a.person
    order by a.sequence desc, a.source, a.key
  ) = 1
union all
select l.as_of, 'without_reaction_only' as part, a.person, a.source, a.key
from latest as l
cross join params as p
join acts as a
  on a.person = l.person
  and a.happened_at = l.spoke_at
  and a.kind <> 'reaction'
  and a.capacity = 'member'
  and a.day < l.as_of
  and a.day >= l.as_of - p.active_window
qualify
  row_number() over (
    partition by l.as_of, a.person
    order by a.sequence desc, a.source, a.key
  ) = 1
