-- Who acted first, returned or became dormant; the row is the act on the day it rests on.
-- reads: acts, debuts, islands, nights, params
with turns as (
  select
    i.person,
    i.from_night as night,
    i.from_night - 1 as day,
    case when d.day = i.from_night - 1 then 'first_acts' else 'returned' end as part
  from islands as i
  join debuts as d on d.person = i.person
  where i.what = 'present'
  union all
  select i.person, i.to_night as night, i.to_night - 1 - p.dormant_days as day, 'became_dormant' as part
  from islands as i
  cross join params as p
  where i.what = 'present'
)

select n.as_of, t.part, a.person, a.source, a.key
from nights as n
cross join params as p
join turns as t on t.night <= n.as_of and t.night > n.as_of - p.period
join acts as a on a.person = t.person and a.capacity = 'member' and a.day = t.day
qualify
  row_number() over (
    partition by n.as_of, t.person, t.night, t.part
    order by a.happened_at, a.sequence, a.source, a.key
  ) = 1
