-- Stages: from which night to which the same stage is held, with the same rule on the day.
-- reads: held
with compared as (
  select
    person,
    night,
    satisfied,
    stage,
    dormant,
    lag(satisfied) over nights_of as satisfied_before,
    lag(stage) over nights_of as stage_before,
    lag(dormant) over nights_of as dormant_before
  from held
  window nights_of as (partition by person order by night)
),

changed as (
  select
    person,
    night,
    satisfied,
    stage,
    dormant,
    coalesce(stage_before, 0) as stage_before,
    case when stage_before is null or stage <> stage_before then night end as held_night
  from compared
  where
    stage_before is null
    or stage <> stage_before
    or satisfied <> satisfied_before
    or dormant <> dormant_before
)

select
  person,
  night,
  lead(night) over nights_of as next_night,
  satisfied,
  stage,
  stage_before,
  dormant,
  max(held_night) over so_far as held_night
from changed
window
  nights_of as (partition by person order by night),
  so_far as (partition by person order by night rows between unbounded preceding and current row)
