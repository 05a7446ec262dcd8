-- Outlasting: members' starts at least 90 days old, and whether others acted there after day 60 (7.4).
-- reads: drawn, nights, params
select
  n.as_of,
  d.person,
  d.source,
  d.key,
  case
    when d.kind = 'series' then coalesce(d.over_at < n.until_at, false)
    else coalesce(d.late_day < n.as_of, false)
  end as survives
from nights as n
cross join params as p
join drawn as d
  on d.kind <> 'event'
  and date_diff('second', d.happened_at, n.until_at) >= p.survive_days * 86400
