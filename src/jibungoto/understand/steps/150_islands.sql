-- Islands: unbroken stretches of nights on which a distinct thing lies inside its window.
-- reads: reached
with spaced as (
  select
    what,
    person,
    other,
    from_night,
    to_night,
    lag(to_night) over (partition by what, person, other order by from_night, to_night) as to_before,
    lead(from_night) over (partition by what, person, other order by from_night, to_night) as from_after
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
    from_after is null or from_after > to_night as is_last
  from spaced
  where to_before is null or from_after is null or to_before < from_night or from_after > to_night
),

paired as (
  select
    what,
    person,
    other,
    from_night,
    is_begin,
    case
      when is_last then to_night
      else lead(to_night) over (partition by what, person, other order by from_night, to_night)
    end as to_night
  from ends
)

select what, person, other, from_night, to_night
from paired
where is_begin
