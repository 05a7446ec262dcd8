-- Spoke: stretches of nights on which somebody had spoken on enough days of the window (S2).
-- reads: days, params
with counted as (
  select
    person,
    day,
    lag(day, 1) over (partition by person order by day) as second_day,
    lag(day, 2) over (partition by person order by day) as third_day
  from days
  where speaks
),

enough as (
  select
    c.person,
    c.day + 1 as from_night,
    case p.speak_days when 1 then c.day when 2 then c.second_day when 3 then c.third_day end
    + p.speak_window + 1 as to_night
  from counted as c
  cross join params as p
),

spaced as (
  select
    person,
    from_night,
    to_night,
    lag(to_night) over (partition by person order by from_night) as to_before,
    lead(from_night) over (partition by person order by from_night) as from_after
  from enough
  where to_night > from_night
),

ends as (
  select
    person,
    from_night,
    to_night,
    to_before is null or to_before < from_night as is_begin,
    from_after is null or from_after > to_night as is_last
  from spaced
  where to_before is null or from_after is null or to_before < from_night or from_after > to_night
),

paired as (
  select
    person,
    from_night,
    is_begin,
    case
      when is_last then to_night
      else lead(to_night) over (partition by person order by from_night)
    end as to_night
  from ends
)

select person, from_night, to_night
from paired
where is_begin
