-- Outcomes: what became of each entry, whether it waited first, and whether guests are known by their entries.
-- reads: entries, seen, standing_entries, traces
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

seen_online as (
  select as_of, initiative
  from guests
  where mode = 'online'
),

seen_at_all as (
  select as_of, initiative, person
  from seen
  group by as_of, initiative, person
),

promoted as (
  select s.as_of, s.initiative, s.mode, s.person
  from standing_entries as s
  join traces as w
    on w.as_of = s.as_of
    and w.source = s.source
    and w.kind = 'waiting'
    and w.record = concat(s.record, '/waiting')
  where s.is_members
  group by s.as_of, s.initiative, s.mode, s.person
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
  e.mode = 'venue' and b.person is null and o.mode is null and l.initiative is not null as may_have_switched,
  v.mode is not null and s.mode is null as switched,
  w.mode is not null as was_waiting
from entries as e
left join told as t on t.as_of = e.as_of and t.initiative = e.initiative and t.mode = e.mode
left join told as o on o.as_of = e.as_of and o.initiative = e.initiative and o.mode = 'online'
left join seen_online as l on l.as_of = e.as_of and l.initiative = e.initiative
left join seen as s
  on s.as_of = e.as_of and s.initiative = e.initiative and s.mode = e.mode and s.person = e.person
left join seen as v
  on v.as_of = e.as_of and v.initiative = e.initiative and v.mode = 'online' and v.person = e.person
left join seen_at_all as a
  on a.as_of = e.as_of and a.initiative = e.initiative and a.person = e.person
left join promoted as w
  on w.as_of = e.as_of and w.initiative = e.initiative and w.mode = e.mode and w.person = e.person
left join also_online as b
  on b.as_of = e.as_of and b.initiative = e.initiative and b.person = e.person
