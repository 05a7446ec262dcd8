-- Speakers: members who gave a talk within a year, with their newest one, and whether they never had before (7.5).
-- reads: nights, params, talks
with spoken as (
  select
    person,
    source,
    key,
    day,
    happened_at,
    sequence,
    min(day) over (partition by person) as first_day
  from talks
  where capacity = 'member'
)

select
  n.as_of,
  t.person,
  t.source,
  t.key,
  t.first_day >= n.as_of - p.share_window as is_first
from nights as n
cross join params as p
join spoken as t on t.day < n.as_of and t.day >= n.as_of - p.share_window
qualify
  row_number() over (
    partition by n.as_of, t.person
    order by t.happened_at desc, t.sequence desc, t.source, t.key
  ) = 1
