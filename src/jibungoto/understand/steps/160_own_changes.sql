-- Own changes: what enters (+) and leaves (-) a starter's windows on which night.
-- reads: crossings, params, prompts, qualified, sustained
select what, person, night, change
from crossings
where what = 'activated'
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
