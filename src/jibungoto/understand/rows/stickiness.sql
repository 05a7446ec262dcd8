-- Who was active in a chat within 28 days: in the last 7, or not; the row is their latest act there.
-- reads: acts, nights, params
select
  n.as_of,
  case when a.day >= n.as_of - p.sticky_window then '' else 'no' end as part,
  a.person,
  a.source,
  a.key
from nights as n
cross join params as p
join acts as a
  on a.capacity = 'member'
  and a.source in ('discord', 'line', 'slack', 'zulip')
  and a.day < n.as_of
  and a.day >= n.as_of - p.active_window
qualify
  row_number() over (
    partition by n.as_of, a.person
    order by a.day desc, a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
