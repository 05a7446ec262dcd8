-- Outputs and heat: what members made in the 14 days after events, and how much that is for those who came (7.5).
-- reads: ended, event_outputs, gatherings, nights, outputs, seen
with settled as (
  select as_of, initiative, has_attendance
  from ended
  where is_settled
),

made as (
  select s.as_of, s.has_attendance, o.initiative, o.person
  from settled as s
  join event_outputs as o on o.as_of = s.as_of and o.initiative = s.initiative
),

made_by as (
  select distinct as_of, initiative, person
  from made
),

came as (
  select distinct s.as_of, s.initiative, e.person
  from settled as s
  join seen as e on e.as_of = s.as_of and e.initiative = s.initiative
),

begun as (
  select min(happened_at) as began_at
  from outputs
),

works as (
  select
    n.as_of,
    coalesce(b.began_at < n.until_at and g.ended_at < n.until_at, false) as are_told
  from nights as n
  cross join begun as b
  cross join (select min(ended_at) as ended_at from gatherings) as g
),

outputs_of as (
  select
    as_of,
    cast(count(*) as integer) as outputs,
    cast(count(distinct person) as integer) as outputters,
    cast(count(*) filter (where has_attendance) as integer) as outputs_seen
  from made
  group by as_of
),

shares as (
  select
    c.as_of,
    cast(count(*) as integer) as attended,
    cast(count(m.person) as integer) as with_output
  from came as c
  left join made_by as m
    on m.as_of = c.as_of and m.initiative = c.initiative and m.person = c.person
  group by c.as_of
),

unmarked as (
  select as_of, cast(count(*) as integer) as events
  from settled
  where not has_attendance
  group by as_of
),

numbers as (
  select
    w.as_of,
    w.are_told,
    coalesce(o.outputs, 0) as outputs,
    coalesce(o.outputters, 0) as outputters,
    case when w.are_told then coalesce(o.outputs_seen, 0) else 0 end as outputs_seen,
    case when w.are_told then coalesce(s.with_output, 0) else 0 end as with_output,
    case when w.are_told then coalesce(s.attended, 0) else 0 end as attended,
    case when w.are_told then coalesce(u.events, 0) else 1 end as doubtful
  from works as w
  left join outputs_of as o on o.as_of = w.as_of
  left join shares as s on s.as_of = w.as_of
  left join unmarked as u on u.as_of = w.as_of
)

select
  as_of,
  'outputs' as measure,
  '' as part,
  outputs as numerator,
  cast(null as integer) as denominator,
  case when are_told then 0 else 1 end as doubtful
from numbers
union all
select
  as_of,
  'outputters' as measure,
  '' as part,
  outputters as numerator,
  cast(null as integer) as denominator,
  case when are_told then 0 else 1 end as doubtful
from numbers
union all
select
  as_of,
  'output_rate' as measure,
  '' as part,
  with_output as numerator,
  attended as denominator,
  doubtful
from numbers
union all
select
  as_of,
  'heat' as measure,
  '' as part,
  outputs_seen as numerator,
  attended as denominator,
  doubtful
from numbers
