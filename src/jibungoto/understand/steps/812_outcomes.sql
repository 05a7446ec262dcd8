-- Outcomes: what became of each entry, and whether those seen in its way at its event are known by their entries.
-- reads: entries, seen
with entered as (
  select as_of, initiative, person
  from entries
  group by as_of, initiative, person
),

guests as (
  select
    s.as_of,
    s.initiative,
    s.mode,
    cast(count(*) as integer) as seen,
    cast(count(*) filter (where n.person is not null) as integer) as known
  from seen as s
  left join entered as n
    on n.as_of = s.as_of and n.initiative = s.initiative and n.person = s.person
  group by s.as_of, s.initiative, s.mode
),

told as (
  select as_of, initiative, mode
  from guests
  where 5 * known >= 4 * seen
),

seen_at_all as (
  select as_of, initiative, person
  from seen
  group by as_of, initiative, person
),

also_online as (
  select as_of, initiative, person
  from entries
  where mode = 'online'
)

select
  e.as_of,
  e.source,
  e.key,
  e.initiative,
  e.mode,
  e.person,
  t.mode is not null as is_told,
  s.mode is not null as came,
  a.person is not null as came_at_all,
  e.mode = 'venue' and b.person is null and o.mode is not null as could_switch,
  v.mode is not null and s.mode is null as switched
from entries as e
left join told as t on t.as_of = e.as_of and t.initiative = e.initiative and t.mode = e.mode
left join told as o on o.as_of = e.as_of and o.initiative = e.initiative and o.mode = 'online'
left join seen as s
  on s.as_of = e.as_of and s.initiative = e.initiative and s.mode = e.mode and s.person = e.person
left join seen as v
  on v.as_of = e.as_of and v.initiative = e.initiative and v.mode = 'online' and v.person = e.person
left join seen_at_all as a
  on a.as_of = e.as_of and a.initiative = e.initiative and a.person = e.person
left join also_online as b
  on b.as_of = e.as_of and b.initiative = e.initiative and b.person = e.person
