-- From the waiting list: how many who got their seat from it came, at events that ended lately (7.8).
-- reads: ended, nights, outcomes
with recent as (
  select o.as_of, o.initiative, o.mode, o.person, o.is_told, o.came, o.came_at_all
  from ended as e
  join outcomes as o on o.as_of = e.as_of and o.initiative = e.initiative
  where e.is_recent and o.was_waiting
),

persons as (
  select
    as_of,
    initiative,
    person,
    max(case when is_told then 1 else 0 end) as told,
    max(case when came_at_all then 1 else 0 end) as shown
  from recent
  group by as_of, initiative, person
),

lots as (
  select as_of, '' as part, told, shown
  from persons
  union all
  select
    as_of,
    mode as part,
    case when is_told then 1 else 0 end as told,
    case when came then 1 else 0 end as shown
  from recent
  where mode <> 'unsaid'
),

known as (
  select as_of, cast(count(*) filter (where was_waiting) as integer) as promoted
  from outcomes
  group by as_of
)

select
  n.as_of,
  m.part,
  cast(count(*) filter (where l.told = 1 and l.shown = 1) as integer) as numerator,
  cast(count(*) filter (where l.told = 1) as integer) as denominator,
  cast(count(*) filter (where l.told = 0) as integer)
  + case when coalesce(max(k.promoted), 0) = 0 then 1 else 0 end as doubtful
from nights as n
cross join (
  select '' as part
  union all
  select 'venue' as part
  union all
  select 'online' as part
) as m
left join lots as l on l.as_of = n.as_of and l.part = m.part
left join known as k on k.as_of = n.as_of
group by n.as_of, m.part
