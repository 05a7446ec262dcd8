-- Changes: what enters (+) and leaves (-) a person's windows on which night.
-- reads: acts, calendar, days, islands, params, prompts, qualified, sustained
with counted as (
  select what, person, night, change
  from islands
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
  select 'started' as what, person, qualified_day + 1 as night, 1 as change
  from qualified
  where capacity = 'member'
  union all
  select 'started' as what, q.person, q.qualified_day + p.start_window + 1 as night, -1 as change
  from qualified as q
  cross join params as p
  where q.capacity = 'member'
  union all
  select 'sustained' as what, person, from_night as night, 1 as change
  from sustained
  union all
  select 'sustained' as what, person, to_night as night, -1 as change
  from sustained
  union all
  select 'effort' as what, person, known_day + 1 as night, 1 as change
  from prompts
  union all
  select 'effort' as what, e.person, e.day + p.asked_window + 1 as night, -1 as change
  from prompts as e
  cross join params as p
  union all
  select 'asked' as what, person, known_day + 1 as night, 1 as change
  from prompts
  where asked
  union all
  select 'asked' as what, e.person, e.day + p.asked_window + 1 as night, -1 as change
  from prompts as e
  cross join params as p
  where e.asked
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
