-- Firsts: when each person joined, and whether that day is exact or only a lower bound (BR6).
-- reads: initiative, source, told
with known as (
  select t.person, min(t.happened_at) as joined_at
  from told as t
  semi join source as s on s.source = t.source
  where t.dated
  group by t.person
),

earliest as (
  select
    t.person,
    t.capacity,
    t.opted_out,
    t.source,
    t.key,
    t.happened_at as joined_at,
    t.day as joined_day,
    s.joins,
    s.complete_since is not null and s.complete_since < t.day as is_complete,
    t.kind = 'join' and coalesce(i.is_default, false) as is_entry
  from told as t
  join known as k on k.person = t.person and k.joined_at = t.happened_at
  join source as s on s.source = t.source
  left join initiative as i on i.key = t.initiative
  where t.dated
),

ranked as (
  select
    person,
    capacity,
    opted_out,
    source,
    key,
    joined_at,
    joined_day,
    joins,
    max(case when is_complete or is_entry then 1 else 0 end) over (
      partition by person
    ) = 1 as is_exact,
    row_number() over (
      partition by person
      order by case when is_entry then 0 else 1 end, case when is_complete then 0 else 1 end, source, key
    ) as position
  from earliest
)

select
  person,
  capacity,
  opted_out,
  source,
  key,
  joined_at,
  joined_day,
  joins,
  is_exact
from ranked
where position = 1
