-- Horizon: how far back the earliest night asked for still looks at what became of something.
-- reads: nights, params
select
  min(n.as_of) - max(p.cohort_window) as first_day,
  min(n.as_of) - max(p.cohort_window) - 13 * max(p.stretch_days) as first_cohort
from nights as n
cross join params as p
