-- Reach: distinct members seen at the events that ended lately; heads that were only counted are apart (7.8).
-- reads: ended, gatherings, nights, seen
with recent as (
  select as_of, initiative, attended, viewers, has_attendance
  from ended
  where is_recent
),

met as (
  select r.as_of, '' as part, s.person
  from recent as r
  join seen as s on s.as_of = r.as_of and s.initiative = r.initiative
  union all
  select r.as_of, s.mode as part, s.person
  from recent as r
  join seen as s on s.as_of = r.as_of and s.initiative = r.initiative
),

numbers as (
  select as_of, part, cast(count(distinct person) as integer) as heads
  from met
  group by as_of, part
  union all
  select as_of, 'viewers' as part, cast(sum(viewers) as integer) as heads
  from recent
  where viewers is not null
  group by as_of
  union all
  select as_of, 'attended' as part, cast(sum(attended) as integer) as heads
  from recent
  where attended is not null
  group by as_of
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
  union
  select as_of, part
  from numbers
),

unmarked as (
  select as_of, cast(count(*) as integer) as events
  from recent
  where not has_attendance
  group by as_of
),

begun as (
  select n.as_of, case when b.ended_at < n.until_at then 0 else 1 end as before_all
  from nights as n
  cross join (select min(ended_at) as ended_at from gatherings) as b
)

select
  f.as_of,
  f.part,
  coalesce(c.heads, 0) as numerator,
  cast(null as integer) as denominator,
  case when f.part in ('viewers', 'attended') then 0 else coalesce(u.events, 0) + b.before_all end as doubtful
from lines as f
join begun as b on b.as_of = f.as_of
left join numbers as c on c.as_of = f.as_of and c.part = f.part
left join unmarked as u on u.as_of = f.as_of
