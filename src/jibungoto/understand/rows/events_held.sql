-- The events that ended lately, by way of taking part, and those called off; nobody is named.
-- reads: initiative, nights, params
with told as (
  select
    source,
    key,
    coalesce(mode, 'unsaid') as mode,
    coalesce(is_cancelled, false) as is_off,
    greatest(starts_at, coalesce(ends_at, starts_at)) as ended_at
  from initiative
  where kind = 'event' and starts_at is not null
),

recent as (
  select n.as_of, case when t.is_off then 'cancelled' else t.mode end as part, t.source, t.key
  from nights as n
  cross join params as p
  join told as t
    on t.ended_at < n.until_at
    and date_diff('second', t.ended_at, n.until_at) <= p.event_seconds
)

select as_of, part, cast(null as integer) as person, source, key
from recent
union all
select as_of, '' as part, cast(null as integer) as person, source, key
from recent
where part <> 'cancelled'
