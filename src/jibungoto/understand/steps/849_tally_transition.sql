-- Transitions: of those who came to a family of sources, who went on to a new one, and to which (7.9).
-- reads: journeys, nights, onward
with begun as (
  select n.as_of, cast(count(distinct j.family) as integer) as families
  from nights as n
  left join journeys as j on j.began_at < n.until_at
  group by n.as_of
),

reached as (
  select as_of, '' as family, next_family
  from onward
  union all
  select as_of, family, next_family
  from onward
),

numbers as (
  select
    as_of,
    family,
    cast(count(next_family) as integer) as moved,
    cast(count(*) as integer) as people
  from reached
  group by as_of, family
),

lines as (
  select as_of, '' as family
  from nights
  union
  select as_of, family
  from numbers
),

pairs as (
  select as_of, family, next_family, cast(count(*) as integer) as moved
  from onward
  where next_family is not null
  group by as_of, family, next_family
)

select
  f.as_of,
  f.family as part,
  case when b.families < 2 then 0 else coalesce(c.moved, 0) end as numerator,
  case when b.families < 2 then 0 else coalesce(c.people, 0) end as denominator,
  case when b.families < 2 then coalesce(c.people, 0) else 0 end as doubtful
from lines as f
join begun as b on b.as_of = f.as_of
left join numbers as c on c.as_of = f.as_of and c.family = f.family
union all
select
  e.as_of,
  concat(e.family, '>', e.next_family) as part,
  e.moved as numerator,
  c.people as denominator,
  0 as doubtful
from pairs as e
join numbers as c on c.as_of = e.as_of and c.family = e.family
