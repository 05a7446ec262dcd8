-- Nights on which an initiative was kept alive in three months over the needed span (S5 ii).
-- reads: params, sustain
with kept as (
  select
    person,
    initiative,
    day,
    month,
    min(known_day) as known_day
  from sustain
  group by person, initiative, day, month
),

months as (
  select
    person,
    initiative,
    month,
    lag(month) over (partition by person, initiative order by month) as month_before
  from (select distinct person, initiative, month from kept) as m
),

line as (
  select
    k.person,
    k.initiative,
    k.known_day,
    least(k.day - p.sustain_span, m.month_before - 1) as day,
    1 as is_latest,
    cast(null as date) as earliest_day
  from kept as k
  join months as m
    on m.person = k.person
    and m.initiative = k.initiative
    and m.month = k.month
    and m.month_before is not null
  cross join params as p
  union all
  select
    person,
    initiative,
    known_day,
    day,
    0 as is_latest,
    day as earliest_day
  from kept
),

paired as (
  select
    person,
    known_day,
    is_latest,
    max(earliest_day) over (
      partition by person, initiative
      order by day, is_latest
      rows between unbounded preceding and current row
    ) as earliest_day
  from line
)

select
  s.person,
  s.known_day + 1 as from_night,
  s.earliest_day + p.sustain_window + 1 as to_night
from paired as s
cross join params as p
where
  s.is_latest = 1
  and s.earliest_day is not null
  and s.earliest_day + p.sustain_window > s.known_day
