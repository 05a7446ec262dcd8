-- Changes: which rules begin (+) and cease (-) to hold for whom, and the nights that are checked (BR13).
-- reads: crossings, debuts, islands, own_satisfied
with staged as (
  select what, person, from_night as night, 1 as change
  from islands
  where what in ('spoke', 'output')
  union all
  select what, person, to_night as night, -1 as change
  from islands
  where what in ('spoke', 'output')
  union all
  select what, person, night, change
  from crossings
  where what = 'helped'
  union all
  select what, person, night, change
  from own_satisfied
),

seen as (
  select what, person, from_night as night, 1 as change
  from islands
  where what in ('present', 'present_owner')
  union all
  select what, person, to_night as night, -1 as change
  from islands
  where what in ('present', 'present_owner')
),

quarters as (
  select distinct
    s.person,
    cast(date_trunc('quarter', cast(date_trunc('quarter', s.night) as date) + 93 * k.k) as date) as quarter
  from staged as s
  cross join (select cast(unnest(range(0, 3)) as integer) as k) as k
),

first_nights as (
  select person, day + 1 as night
  from debuts
)

select what, person, night, change, cast(null as date) as checked_at
from staged
union all
select what, person, night, change, cast(null as date) as checked_at
from seen
union all
select 'checked' as what, q.person, q.quarter as night, 0 as change, cast(null as date) as checked_at
from quarters as q
join first_nights as f on f.person = q.person and q.quarter >= f.night
union all
select
  'checked' as what,
  q.person,
  cast(date_trunc('month', q.quarter - 1) as date) as night,
  0 as change,
  q.quarter as checked_at
from quarters as q
join first_nights as f
  on f.person = q.person and cast(date_trunc('month', q.quarter - 1) as date) >= f.night
