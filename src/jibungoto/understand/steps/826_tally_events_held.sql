-- Events held: how many events ended lately, by way of taking part, and how many were called off (7.8, 7.10).
-- reads: initiative, nights, params
with told as (
  select
    coalesce(mode, 'unsaid') as mode,
    coalesce(is_cancelled, false) as is_off,
    greatest(starts_at, coalesce(ends_at, starts_at)) as ended_at
  from initiative
  where kind = 'event' and starts_at is not null
),

recent as (
  select n.as_of, case when t.is_off then 'cancelled' else t.mode end as part
  from nights as n
  cross join params as p
  join told as t
    on t.ended_at < n.until_at
    and date_diff('second', t.ended_at, n.until_at) <= p.event_seconds
),

lots as (
  select as_of, part
  from recent
  union all
  select as_of, '' as part
  from recent
  where part <> 'cancelled'
),

numbers as (
  select as_of, part, cast(count(*) as integer) as times
  from lots
  group by as_of, part
),

lines as (
  select n.as_of, m.part
  from nights as n
  cross join (
    select '' as part
    union all
    select 'cancelled' as part
  ) as m
  union
  select as_of, part
  from numbers
)

select
  f.as_of,
  f.part,
  coalesce(c.times, 0) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from lines as f
left join numbers as c on c.as_of = f.as_of and c.part = f.part
