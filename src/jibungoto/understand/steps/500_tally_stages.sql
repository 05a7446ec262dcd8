-- Stages: how many members stand where, not dormant and dormant, and their share of the year (BR12, BR15).
-- reads: ladder, nights, params, registry
with steps as (
  select cast(unnest(range(0, 6)) as integer) as stage
),

grid as (
  select n.as_of, s.stage
  from nights as n
  cross join steps as s
),

recent as (
  select
    l.as_of,
    l.person,
    l.stage,
    l.dormant,
    coalesce(l.last_day >= l.as_of - p.share_window, false) as is_recent,
    case when l.is_at_least or l.is_higher_unknown then 1 else 0 end as doubtful
  from ladder as l
  cross join params as p
),

undated as (
  select as_of, cast(count(*) as integer) as people
  from registry
  where is_undated and not is_known and capacity = 'member' and not is_deleted
  group by as_of
),

totals as (
  select as_of, cast(count(*) as integer) as people
  from recent
  where is_recent
  group by as_of
)

select
  g.as_of,
  'stage_stock' as measure,
  concat('S', cast(g.stage as varchar)) as part,
  cast(count(*) filter (where not r.dormant) as integer) as numerator,
  cast(null as integer) as denominator,
  cast(case g.stage
    when 0 then coalesce(max(u.people), 0)
    else coalesce(sum(r.doubtful) filter (where not r.dormant), 0)
  end as integer) as doubtful
from grid as g
left join recent as r on r.as_of = g.as_of and r.stage = g.stage
left join undated as u on u.as_of = g.as_of
group by g.as_of, g.stage
union all
select
  g.as_of,
  'stage_stock' as measure,
  concat('S', cast(g.stage as varchar), '.dormant') as part,
  cast(count(*) filter (where r.dormant) as integer) as numerator,
  cast(null as integer) as denominator,
  cast(coalesce(sum(r.doubtful) filter (where r.dormant), 0) as integer) as doubtful
from grid as g
left join recent as r on r.as_of = g.as_of and r.stage = g.stage
where g.stage > 0
group by g.as_of, g.stage
union all
select
  g.as_of,
  'stage_share' as measure,
  concat('S', cast(g.stage as varchar)) as part,
  cast(count(*) filter (where r.is_recent) as integer) as numerator,
  coalesce(max(t.people), 0) as denominator,
  cast(coalesce(sum(r.doubtful) filter (where r.is_recent), 0) as integer) as doubtful
from grid as g
left join recent as r on r.as_of = g.as_of and r.stage = g.stage
left join totals as t on t.as_of = g.as_of
where g.stage > 0
group by g.as_of, g.stage
