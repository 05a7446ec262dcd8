-- Reached: from which night until which each thing of a month lies inside its window, at the longest.
-- reads: activated, acts, days, params, spoke, starts
with present as (
  select person, min(day) as day, max(day) as last_day
  from days
  group by person, date_trunc('month', day)
),

things as (
  select 'present' as what, person, 0 as other, day, last_day
  from present
  union all
  select 'present_owner' as what, d.person, 0 as other, d.day, d.last_day
  from present as d
  semi join starts as s on s.person = d.person and s.capacity = 'member'
  union all
  select 'activated' as what, person, other, min(day) as day, max(last_day) as last_day
  from activated
  group by person, other, date_trunc('month', day)
  union all
  select 'helped' as what, person, opener as other, min(day) as day, max(day) as last_day
  from acts
  where
    class in ('CONTRIBUTE', 'BRING')
    and capacity = 'member'
    and opener_capacity = 'member'
    and opener <> person
  group by person, opener, date_trunc('month', day)
  union all
  select 'output' as what, person, 0 as other, min(day) as day, max(day) as last_day
  from acts
  where capacity = 'member' and output
  group by person, date_trunc('month', day)
)

select
  t.what,
  t.person,
  t.other,
  t.day + 1 as from_night,
  t.last_day + 1 + case t.what
    when 'present' then p.dormant_days
    when 'present_owner' then p.dormant_owner_days
    when 'activated' then p.activated_window
    when 'helped' then p.help_window
    else p.output_window
  end as to_night
from things as t
cross join params as p
union all
select 'spoke' as what, person, 0 as other, from_night, to_night
from spoke
