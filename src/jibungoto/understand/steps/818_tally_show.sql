-- Show, no show and switch: what became of the entries for events that ended lately, as far as told (7.8).
-- reads: ended, nights, outcomes, seen
with recent as (
  select
    e.as_of,
    o.initiative,
    o.mode,
    o.person,
    o.is_told,
    o.came,
    o.came_at_all,
    o.could_switch,
    o.may_have_switched,
    o.switched
  from ended as e
  join outcomes as o on o.as_of = e.as_of and o.initiative = e.initiative
  where e.is_recent
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

somebody as (
  select
    r.as_of,
    m.part,
    cast(count(*) as integer) as came
  from (
    select as_of, initiative
    from recent
    group by as_of, initiative
  ) as r
  join seen as s on s.as_of = r.as_of and s.initiative = r.initiative
  join (
    select '' as part
    union all
    select 'venue' as part
    union all
    select 'online' as part
  ) as m on m.part = '' or m.part = s.mode
  group by r.as_of, m.part
),

numbers as (
  select
    n.as_of,
    m.part,
    cast(count(*) filter (where l.told = 1 and l.shown = 1) as integer) as shown,
    cast(count(*) filter (where l.told = 1) as integer) as told,
    cast(count(*) filter (where l.told = 0) as integer) as untold
  from nights as n
  cross join (
    select '' as part
    union all
    select 'venue' as part
    union all
    select 'online' as part
  ) as m
  left join lots as l on l.as_of = n.as_of and l.part = m.part
  group by n.as_of, m.part
)

select as_of, 'show' as measure, part, shown as numerator, told as denominator, untold as doubtful
from numbers
union all
select
  as_of,
  'no_show' as measure,
  part,
  told - shown as numerator,
  told as denominator,
  untold as doubtful
from numbers
union all
select
  n.as_of,
  'switch' as measure,
  '' as part,
  cast(count(*) filter (where r.could_switch and r.switched) as integer) as numerator,
  cast(count(*) filter (where r.could_switch) as integer) as denominator,
  cast(count(*) filter (where r.may_have_switched) as integer) as doubtful
from nights as n
left join recent as r on r.as_of = n.as_of
group by n.as_of
union all
select
  as_of,
  'anybody_seen' as measure,
  part,
  came as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from somebody
