-- Growth: first acts + returned - became dormant; balances with activity over 90 days (BR8).
-- reads: debuts, islands, nights, params
with turns as (
  select i.from_night as night, 1 as change, d.day = i.from_night - 1 as is_first
  from islands as i
  join debuts as d on d.person = i.person
  where i.what = 'present'
  union all
  select to_night as night, -1 as change, false as is_first
  from islands
  where what = 'present'
),

moves as (
  select
    n.as_of,
    cast(count(*) filter (where t.is_first) as integer) as first_acts,
    cast(count(*) filter (where t.change = 1 and not t.is_first) as integer) as returned,
    cast(count(*) filter (where t.change = -1) as integer) as became_dormant
  from nights as n
  cross join params as p
  left join turns as t on t.night <= n.as_of and t.night > n.as_of - p.period
  group by n.as_of
)

select
  as_of,
  '' as part,
  first_acts + returned - became_dormant as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from moves
union all
select as_of, 'first_acts' as part, first_acts as numerator, cast(null as integer) as denominator, 0 as doubtful
from moves
union all
select as_of, 'returned' as part, returned as numerator, cast(null as integer) as denominator, 0 as doubtful
from moves
union all
select
  as_of,
  'became_dormant' as part,
  became_dormant as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from moves
