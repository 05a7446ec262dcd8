-- Gaps: how long members are usually silent between the days they act, over a year.
-- reads: days, params
with spaced as (
  select
    d.person,
    d.day,
    lag(d.day) over (partition by d.person order by d.day) as day_before
  from days as d
  join params as p on d.day >= p.as_of - p.silent_window
)

select
  person,
  max(day) as last_day,
  cast(count(day_before) as integer) as gaps,
  cast(median(date_diff('day', day_before, day)) as double) as median_gap
from spaced
group by person
