-- Entries: registrations of members that stand, for the events that ended lately; accounts gone are apart (7.8).
-- reads: ended, entries, gatherings, nights, standing_entries
with recent as (
  select as_of, initiative, has_registration
  from ended
  where is_recent
),

counted as (
  select r.as_of, '' as part
  from recent as r
  join entries as e on e.as_of = r.as_of and e.initiative = r.initiative
  union all
  select r.as_of, e.mode as part
  from recent as r
  join entries as e on e.as_of = r.as_of and e.initiative = r.initiative
  union all
  select r.as_of, 'gone' as part
  from recent as r
  join standing_entries as s
    on s.as_of = r.as_of and s.initiative = r.initiative and s.person is null
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
  from counted
),

numbers as (
  select as_of, part, cast(count(*) as integer) as times
  from counted
  group by as_of, part
),

unlisted as (
  select as_of, cast(count(*) as integer) as events
  from recent
  where not has_registration
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
  coalesce(c.times, 0) as numerator,
  cast(null as integer) as denominator,
  coalesce(u.events, 0) + b.before_all as doubtful
from lines as f
join begun as b on b.as_of = f.as_of
left join numbers as c on c.as_of = f.as_of and c.part = f.part
left join unlisted as u on u.as_of = f.as_of
