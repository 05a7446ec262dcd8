-- Who acted first, returned or became dormant; the row is the act on the day it rests on.
-- reads: acts, islands, nights, params
select
  n.as_of,
  case
    when i.change = -1 then 'became_dormant'
    when i.is_first = 1 then 'first_acts'
    else 'returned'
  end as part,
  a.person,
  a.source,
  a.key
from nights as n
cross join params as p
join islands as i
  on i.what = 'present'
  and i.night <= n.as_of
  and i.night > n.as_of - p.period
join acts as a
  on a.person = i.person
  and a.capacity = 'member'
  and a.day = case when i.change = -1 then i.night - 1 - p.dormant_days else i.night - 1 end
qualify
  row_number() over (
    partition by n.as_of, i.person, i.night, i.change
    order by a.happened_at, a.sequence, a.source, a.key
  ) = 1
