-- Ways in: of the members who joined in the period, the share that came in through each family (7.9).
-- reads: entered, journeys, nights, params
with families as (
  select n.as_of, j.family
  from nights as n
  join (
    select family, min(began_at) as began_at
    from journeys
    group by family
  ) as j on j.began_at < n.until_at
  union
  select n.as_of, e.family
  from nights as n
  join entered as e on e.joined_day < n.as_of
),

cohort as (
  select n.as_of, e.person, e.family
  from nights as n
  cross join params as p
  join entered as e on e.joined_day < n.as_of and e.joined_day >= n.as_of - p.period
),

people as (
  select n.as_of, cast(count(c.person) as integer) as people
  from nights as n
  left join cohort as c on c.as_of = n.as_of
  group by n.as_of
)

select
  a.as_of,
  f.family as part,
  cast(count(c.person) as integer) as numerator,
  a.people as denominator,
  0 as doubtful
from people as a
join families as f on f.as_of = a.as_of
left join cohort as c on c.as_of = a.as_of and c.family = f.family
group by a.as_of, f.family, a.people
