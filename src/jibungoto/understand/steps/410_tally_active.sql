-- Active: distinct members with an act in the window, with and without people who only reacted (BR4).
-- reads: days, nights, params
with window_days as (
  select n.as_of, d.person, d.only_reacted
  from nights as n
  cross join params as p
  join days as d on d.day < n.as_of and d.day >= n.as_of - p.active_window
)

select
  n.as_of,
  '' as part,
  cast(count(distinct w.person) as integer) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from nights as n
left join window_days as w on w.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'without_reaction_only' as part,
  cast(count(distinct w.person) as integer) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from nights as n
left join window_days as w on w.as_of = n.as_of and not w.only_reacted
group by n.as_of
