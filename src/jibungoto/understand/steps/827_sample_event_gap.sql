-- Gaps: days from the beginning of one event of a series to that of its next, within a year (7.10).
-- reads: initiative, nights, params
with spaced as (
  select
    key,
    source,
    starts_at,
    lag(starts_at) over (
      partition by coalesce(series, source)
      order by starts_at, key
    ) as before_at
  from initiative
  where kind = 'event' and starts_at is not null and not coalesce(is_cancelled, false)
)

select
  n.as_of,
  '' as part,
  cast(date_diff('second', s.before_at, s.starts_at) as double) / 86400 as amount,
  true as observed,
  cast(row_number() over (partition by n.as_of order by s.starts_at, s.key) as integer) as person,
  s.source,
  s.key
from nights as n
cross join params as p
join spaced as s
  on s.before_at is not null
  and s.starts_at < n.until_at
  and date_diff('second', s.starts_at, n.until_at) <= p.share_window * 86400
