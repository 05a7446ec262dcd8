-- Held: the stage held whenever something changes; up at once, down only at a quarter's end (BR13).
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
)

select
  person,
  night,
  satisfied,
  stage,
  case when stage >= 4 then present_owner = 0 else present = 0 end as dormant
from held
