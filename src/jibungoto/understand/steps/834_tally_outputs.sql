-- Outputs and heat: what members made in the 14 days after events, and how much that is for those who came (7.5).
-- reads: ended, event_outputs, event_posts, gatherings, nights, outputs, posts, seen, tags
with settled as (
  select as_of, initiative, has_attendance
  from ended
  where is_settled
),

made as (
  select s.as_of, s.has_attendance, o.initiative, o.person, o.source, o.way
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

began as (
  select '' as part, min(happened_at) as began_at
  from outputs
  where not is_code
  union all
  select 'feed' as part, min(happened_at) as began_at
  from outputs
  where source = 'feed' and not is_code
  union all
  select 'tagged' as part, min(o.happened_at) as began_at
  from outputs as o
  semi join tags as t on t.source = o.source and t.record = o.record
  union all
  select 'posts' as part, min(happened_at) as began_at
  from posts
),

held as (
  select min(ended_at) as ended_at, min(case when hashtag is not null then ended_at end) as tagged_at
  from gatherings
),

told as (
  select
    n.as_of,
    m.part,
    coalesce(
      b.began_at < n.until_at
      and case when m.needs in ('tagged', 'posts') then h.tagged_at else h.ended_at end < n.until_at,
      false
    ) as is_told
  from nights as n
  cross join held as h
  cross join (
    select '' as part, '' as needs
    union all
    select 'named' as part, '' as needs
    union all
    select 'tagged' as part, 'tagged' as needs
    union all
    select 'guests' as part, '' as needs
    union all
    select 'feed' as part, 'feed' as needs
    union all
    select 'posts' as part, 'posts' as needs
  ) as m
  join began as b on b.part = m.needs
),

counted as (
  select as_of, '' as part, person, has_attendance from made
  union all
  select as_of, way as part, person, has_attendance from made
  union all
  select as_of, 'feed' as part, person, has_attendance from made where source = 'feed'
  union all
  select s.as_of, 'posts' as part, o.person, s.has_attendance
  from settled as s
  join event_posts as o on o.as_of = s.as_of and o.initiative = s.initiative
),

outputs_of as (
  select
    as_of,
    part,
    cast(count(*) as integer) as outputs,
    cast(count(distinct person) as integer) as outputters,
    cast(count(*) filter (where has_attendance) as integer) as outputs_seen
  from counted
  group by as_of, part
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
    w.part,
    w.is_told,
    coalesce(o.outputs, 0) as outputs,
    coalesce(o.outputters, 0) as outputters,
    case when w.is_told then coalesce(o.outputs_seen, 0) else 0 end as outputs_seen,
    case when w.is_told then coalesce(s.with_output, 0) else 0 end as with_output,
    case when w.is_told then coalesce(s.attended, 0) else 0 end as attended,
    case when w.is_told then coalesce(u.events, 0) else 1 end as doubtful
  from told as w
  left join outputs_of as o on o.as_of = w.as_of and o.part = w.part
  left join shares as s on s.as_of = w.as_of
  left join unmarked as u on u.as_of = w.as_of
)

select
  as_of,
  'outputs' as measure,
  part,
  outputs as numerator,
  cast(null as integer) as denominator,
  case when is_told then 0 else 1 end as doubtful
from numbers
union all
select
  as_of,
  'outputters' as measure,
  part,
  outputters as numerator,
  cast(null as integer) as denominator,
  case when is_told then 0 else 1 end as doubtful
from numbers
where part = ''
union all
select
  as_of,
  'output_rate' as measure,
  part,
  with_output as numerator,
  attended as denominator,
  doubtful
from numbers
where part = ''
union all
select
  as_of,
  'heat' as measure,
  part,
  outputs_seen as numerator,
  attended as denominator,
  doubtful
from numbers
