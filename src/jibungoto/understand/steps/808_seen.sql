-- Seen: each member's attendance of an event, one for each way, and whether they ever came before or came again.
-- reads: gatherings, sequels, traces
with ranked as (
  select
    as_of,
    source,
    key,
    initiative,
    mode,
    person,
    row_number() over (
      partition by as_of, initiative, mode, person
      order by happened_at, source, key
    ) as position,
    max(minutes) over (partition by as_of, initiative, mode, person) as minutes,
    max(case when mode <> 'unsaid' then 1 else 0 end) over (
      partition by as_of, initiative, person
    ) as is_said
  from traces
  where kind = 'attendance' and is_members
),

came as (
  select
    r.as_of,
    r.source,
    r.key,
    r.initiative,
    r.mode,
    r.person,
    r.minutes,
    g.starts_at,
    g.ended_at
  from ranked as r
  join gatherings as g on g.initiative = r.initiative
  where r.position = 1 and (r.mode <> 'unsaid' or r.is_said = 0)
),

first_at as (
  select as_of, initiative, person, starts_at
  from came
  qualify row_number() over (partition by as_of, person order by starts_at, initiative, mode) = 1
),

again as (
  select
    f.as_of,
    f.person,
    min(c.starts_at) filter (where c.starts_at > f.starts_at) as again_at,
    max(case when c.initiative in (q.next_initiative, q.second_initiative) then 1 else 0 end)
    as is_in_series
  from first_at as f
  left join sequels as q on q.initiative = f.initiative
  join came as c
    on c.as_of = f.as_of and c.person = f.person and c.initiative <> f.initiative
  group by f.as_of, f.person
)

select
  c.as_of,
  c.source,
  c.key,
  c.initiative,
  c.mode,
  c.person,
  c.minutes,
  c.starts_at,
  c.ended_at,
  f.person is not null as is_first,
  a.again_at,
  coalesce(a.is_in_series, 0) = 1 as is_in_series
from came as c
left join first_at as f
  on f.as_of = c.as_of and f.person = c.person and f.initiative = c.initiative
left join again as a on a.as_of = f.as_of and a.person = f.person
