-- Pull: how many others came to each start within its first 30 days, all starts and qualified ones (7.4).
-- reads: drawn, nights, params
with pulled as (
  select n.as_of, d.others, d.person, d.source, d.key
  from nights as n
  cross join params as p
  join drawn as d
    on d.day < n.as_of
    and d.day >= n.as_of - p.cohort_window
    and date_diff('second', d.happened_at, n.until_at) >= p.qualify_seconds
    and (d.kind <> 'event' or d.came_day < n.as_of)
)

select as_of, '' as part, cast(others as double) as amount, true as observed, person, source, key
from pulled
union all
select
  w.as_of,
  'qualified' as part,
  cast(w.others as double) as amount,
  true as observed,
  w.person,
  w.source,
  w.key
from pulled as w
join params as p on w.others >= p.qualify_others
