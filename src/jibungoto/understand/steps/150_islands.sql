-- Islands: unbroken stretches of nights on which a distinct thing lies inside its window.
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
),

reached as (
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
),

spaced as (
  select
    what,
    person,
    other,
    from_night,
    to_night,
    lag(to_night) over (partition by what, person, other order by from_night) as to_before,
    lead(from_night) over (partition by what, person, other order by from_night) as from_after
  from reached
),

ends as (
  select
    what,
    person,
    other,
    from_night,
    to_night,
    to_before is null or to_before < from_night as is_begin,
    to_before is null as is_first,
    from_after is null or from_after > to_night as is_last
  from spaced
  where to_before is null or from_after is null or to_before < from_night or from_after > to_night
),

paired as (
  select
    what,
    person,
    from_night,
    is_begin,
    is_first,
    case
      when is_last then to_night
      else lead(to_night) over (partition by what, person, other order by from_night)
    end as to_night
  from ends
)

select what, person, from_night, to_night, is_first
from paired
where is_begin
union all
select 'spoke' as what, person, from_night, to_night, false as is_first
from spoke
