-- Reported registrations: what sources say of how many registered, without saying who (7.8).
-- reads: nights, reported
with lots as (
  select as_of, '' as part, registered as heads
  from reported
  where registered is not null
  union all
  select as_of, 'waiting' as part, waiting as heads
  from reported
  where waiting is not null
),

numbers as (
  select as_of, part, cast(sum(heads) as integer) as heads
  from lots
  group by as_of, part
),

lines as (
  select as_of, '' as part
  from nights
  union
  select as_of, part
  from numbers
),

untold as (
  select as_of, cast(count(*) as integer) as events
  from reported
  where registered is null
  group by as_of
)

select
  f.as_of,
  f.part,
  coalesce(c.heads, 0) as numerator,
  cast(null as integer) as denominator,
  case when f.part = '' then coalesce(u.events, 0) else 0 end as doubtful
from lines as f
left join numbers as c on c.as_of = f.as_of and c.part = f.part
left join untold as u on u.as_of = f.as_of
