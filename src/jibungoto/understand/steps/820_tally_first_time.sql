-- First time and again: attendances that were somebody's first, and first-timers who came again (7.1, 7.8).
-- reads: ended, nights, params, seen
with came as (
  select e.as_of, s.mode, s.initiative, s.person, s.is_first, s.starts_at, s.again_at, s.is_in_series, e.is_recent, e.is_matured
  from ended as e
  join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
),

lots as (
  select as_of, '' as part, initiative, person, is_first, starts_at, again_at, is_in_series, is_recent, is_matured
  from came
  union
  select as_of, mode as part, initiative, person, is_first, starts_at, again_at, is_in_series, is_recent, is_matured
  from came
  where mode <> 'unsaid'
),

lines as (
  select n.as_of, m.part
  from nights as n
  cross join (
    select '' as part
    union all
    select 'venue' as part
    union all
    select 'online' as part
  ) as m
),

unmarked as (
  select as_of, cast(count(*) as integer) as events
  from ended
  where is_recent and not has_attendance
  group by as_of
),

numbers as (
  select
    f.as_of,
    f.part,
    cast(count(*) filter (where l.is_recent and l.is_first) as integer) as newly,
    cast(count(*) filter (where l.is_recent) as integer) as attended,
    cast(count(*) filter (
      where
        l.is_matured
        and l.is_first
        and (
          l.is_in_series
          or coalesce(date_diff('second', l.starts_at, l.again_at) < p.again_seconds, false)
        )
    ) as integer) as returned,
    cast(count(*) filter (where l.is_matured and l.is_first) as integer) as matured
  from lines as f
  cross join params as p
  left join lots as l on l.as_of = f.as_of and l.part = f.part
  group by f.as_of, f.part
)

select
  c.as_of,
  'first_time_rate' as measure,
  c.part,
  c.newly as numerator,
  c.attended as denominator,
  coalesce(u.events, 0) as doubtful
from numbers as c
left join unmarked as u on u.as_of = c.as_of
union all
select
  as_of,
  'ret_event' as measure,
  part,
  returned as numerator,
  matured as denominator,
  0 as doubtful
from numbers
