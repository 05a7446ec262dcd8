-- Widened: newcomers of a year, in how many families they acted in 60 days, and who contributed within 180 (7.9).
-- reads: journeys, newcomers, nights, params, stages
with reached as (
  select person, min(night) as night
  from stages
  where stage >= 3
  group by person
),

early as (
  select c.person, cast(count(*) as integer) as families
  from newcomers as c
  cross join params as p
  join journeys as j
    on j.person = c.person
    and date_diff('second', c.joined_at, j.began_at) < p.widen_seconds
  group by c.person
)

select
  n.as_of,
  c.person,
  c.source,
  c.key,
  case when e.families >= 2 then 'several' else 'one' end as part,
  coalesce(date_diff('day', c.joined_day, r.night) <= p.contribute_days, false) as has_contributed
from nights as n
cross join params as p
join newcomers as c
  on c.joined_day < n.as_of - p.contribute_days
  and c.joined_day >= n.as_of - p.contribute_days - p.share_window
join early as e on e.person = c.person
left join reached as r on r.person = c.person
