-- Drawn: each member's start, how many others came in its first 30 days, and what became of it (7.4).
-- reads: gathered, initiative, params, starts
with came as (
  select
    s.number,
    min(g.day) as came_day,
    min(g.late_day) as late_day,
    cast(count(distinct case
      when date_diff('second', s.happened_at, g.first_at) < p.qualify_seconds then g.other
    end) as integer) as others
  from starts as s
  cross join params as p
  join gathered as g on g.start = s.number
  group by s.number
),

editions as (
  select series, coalesce(ends_at, starts_at) as over_at
  from initiative
  where
    kind = 'event'
    and series is not null
    and not coalesce(is_cancelled, false)
    and coalesce(ends_at, starts_at) is not null
  qualify row_number() over (partition by series order by coalesce(ends_at, starts_at), key) = 2
)

select
  s.number,
  s.person,
  s.source,
  s.key,
  s.happened_at,
  s.day,
  coalesce(i.kind, 'channel') as kind,
  coalesce(c.others, 0) as others,
  c.came_day,
  c.late_day,
  e.over_at
from starts as s
left join came as c on c.number = s.number
left join initiative as i on i.key = s.initiative
left join editions as e on e.series = s.initiative
where s.capacity = 'member'
