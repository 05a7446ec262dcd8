-- Active members: the act that opened their second family of sources; with one family their first, in the part no.
-- reads: acts, days, journeys, nights, params
with active as (
  select distinct n.as_of, n.until_at, d.person
  from nights as n
  cross join params as p
  join days as d on d.day < n.as_of and d.day >= n.as_of - p.cohort_window
),

newest as (
  select a.as_of, j.person, j.position, j.began_at
  from active as a
  join journeys as j on j.person = a.person and j.position <= 2 and j.began_at < a.until_at
  qualify row_number() over (partition by a.as_of, j.person order by j.position desc) = 1
)

select
  w.as_of,
  case when w.position = 2 then '' else 'no' end as part,
  w.person,
  c.source,
  c.key
from newest as w
join acts as c on c.person = w.person and c.happened_at = w.began_at and c.capacity = 'member'
qualify row_number() over (partition by w.as_of, w.person order by c.source, c.key) = 1
