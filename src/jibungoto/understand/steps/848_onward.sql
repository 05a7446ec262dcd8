-- Onward: into which family of sources each member went next within 90 days of the one before (7.9).
-- reads: journeys, nights, params
with paired as (
  select
    person,
    family,
    began_at,
    lead(family) over (partition by person order by position) as next_family,
    lead(began_at) over (partition by person order by position) as next_at
  from journeys
)

select
  n.as_of,
  s.person,
  s.family,
  s.began_at,
  case
    when date_diff('second', s.began_at, s.next_at) < p.onward_seconds then s.next_family
  end as next_family,
  case
    when date_diff('second', s.began_at, s.next_at) < p.onward_seconds then s.next_at
  end as next_at
from nights as n
cross join params as p
join paired as s
  on date_diff('second', s.began_at, n.until_at) >= p.onward_seconds
  and date_diff('second', s.began_at, n.until_at) <= p.share_window * 86400
