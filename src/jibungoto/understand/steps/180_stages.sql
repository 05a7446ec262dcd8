-- Stages: the stage held from night to night; up at once, down only at a quarter's end (BR13).
-- reads: satisfied
with carried as (
  select person, checked_at as quarter, stage
  from satisfied
  where checked_at is not null
),

held as (
  select
    s.person,
    s.night,
    s.present,
    s.present_owner,
    s.stage as satisfied,
    greatest(
      max(s.stage) over (
        partition by s.person, date_trunc('quarter', s.night)
        order by s.night
        rows between unbounded preceding and current row
      ),
      coalesce(c.stage, 0)
    ) as stage
  from satisfied as s
  left join carried as c
    on c.person = s.person and c.quarter = cast(date_trunc('quarter', s.night) as date)
),

flagged as (
  select
    person,
    night,
    satisfied,
    stage,
    case when stage >= 4 then present_owner = 0 else present = 0 end as dormant
  from held
),

compared as (
  select
    person,
    night,
    satisfied,
    stage,
    dormant,
    lag(satisfied) over nights_of as satisfied_before,
    lag(stage) over nights_of as stage_before,
    lag(dormant) over nights_of as dormant_before
  from flagged
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
