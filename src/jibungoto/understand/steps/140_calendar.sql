-- Calendar: the nights of the quarter check and the month ends before them (BR13).
-- reads: days, params
with span as (
  select min(day) as first_day
  from days
),

months as (
  select distinct cast(date_trunc('month', s.first_day + k.k) as date) as night
  from span as s
  cross join (select cast(unnest(range(0, 36525)) as integer) as k) as k
  join params as p on s.first_day + k.k <= p.as_of
),

quarters as (
  select
    night,
    cast(date_trunc('quarter', night) as date) as quarter,
    cast(date_trunc('quarter', night + 31) as date) as next_quarter
  from months
)

select
  night,
  case when next_quarter > quarter then next_quarter end as checked_at
from quarters
where night = quarter or next_quarter > quarter
