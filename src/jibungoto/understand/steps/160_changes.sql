-- Changes: what enters (+) and leaves (-) anybody's windows, and the nights on which one is checked.
-- reads: acts, calendar, days, islands, own_changes, params
with counted as (
  select what, person, night, change
  from islands
  where what in ('present', 'helped')
  union all
  select 'spoke' as what, person, day + 1 as night, 1 as change
  from days
  where speaks
  union all
  select 'spoke' as what, d.person, d.day + p.speak_window + 1 as night, -1 as change
  from days as d
  cross join params as p
  where d.speaks
  union all
  select 'output' as what, person, day + 1 as night, 1 as change
  from acts
  where capacity = 'member' and output
  union all
  select 'output' as what, a.person, a.day + p.output_window + 1 as night, -1 as change
  from acts as a
  cross join params as p
  where a.capacity = 'member' and a.output
  union all
  select distinct 'own' as what, person, night, 0 as change
  from own_changes
),

reach as (
  select person, min(night) as first_night, max(night) as last_night
  from counted
  group by person
)

select what, person, night, change, cast(null as date) as checked_at
from counted
union all
select 'checked' as what, r.person, c.night, 0 as change, c.checked_at
from reach as r
join calendar as c on c.night > r.first_night and c.night <= r.last_night + 123
