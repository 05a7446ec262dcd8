-- Who was active in a chat within 28 days: in the last 7, or not; the row is their latest act there.
-- reads: acts, nights, params
with latest as (
  select n.as_of, a.person, max(a.day) as day
  from nights as n
  cross join params as p
  join acts as a
    on a.capacity = 'member'
    and a.source in ('discord', 'line', 'slack', 'zulip')
    and a.day < n.as_of
    and a.day >= n.as_of - p.active_window
  group by n.as_of, a.person
)

select
  l.as_of,
  case when l.day >= l.as_of - p.sticky_window then '' else 'no' end as part,
  a.person,
  a.source,
  a.key
from latest as l
cross join params as p
join acts as a
  on a.person = l.person
  and a.day = l.day
  and a.capacity = 'member'
  and a.source in ('discord', 'line', 'slack', 'zulip')
qualify
  row_number() over (
    partition by l.as_of, a.person
    order by a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
