-- Islands: unbroken stretches of nights on which a distinct thing lies inside its window.
-- reads: activated, acts, days, params, starts
with things as (
  select 'present' as what, d.person, 0 as other, d.day, p.dormant_days as reach
  from days as d
  cross join params as p
  union all
  select 'present_owner' as what, d.person, 0 as other, d.day, p.dormant_owner_days as reach
  from days as d
  cross join params as p
  semi join starts as s on s.person = d.person and s.capacity = 'member'
  union all
  select 'activated' as what, a.person, a.other, a.day, p.activated_window as reach
  from activated as a
  cross join params as p
  union all
  select distinct 'helped' as what, a.person, a.opener as other, a.day, p.help_window as reach
  from acts as a
  cross join params as p
  where
    a.class in ('CONTRIBUTE', 'BRING')
    and a.capacity = 'member'
    and a.opener_capacity = 'member'
    and a.opener <> a.person
),

spaced as (
  select
    what,
    person,
    day,
    reach,
    lag(day) over (partition by what, person, other order by day) as day_before,
    lead(day) over (partition by what, person, other order by day) as day_after
  from things
)

select
  what,
  person,
  day + 1 as night,
  1 as change,
  case when day_before is null then 1 else 0 end as is_first
from spaced
where day_before is null or date_diff('day', day_before, day) > reach
union all
select
  what,
  person,
  day + reach + 1 as night,
  -1 as change,
  0 as is_first
from spaced
where day_after is null or date_diff('day', day, day_after) > reach
