-- Starts: how many starters are new, how many starts are by staff, last, or drew nobody (7.4).
-- reads: drawn, nights, outlasting, params, starting
with failed as (
  select n.as_of, d.number
  from nights as n
  cross join params as p
  join drawn as d
    on d.kind <> 'event'
    and d.day < n.as_of
    and d.day >= n.as_of - p.cohort_window
    and (d.came_day is null or d.came_day >= n.as_of)
),

starters as (
  select distinct as_of, person, is_new, is_exact
  from starting
  where capacity = 'member'
)

select
  n.as_of,
  'new_starter_share' as measure,
  '' as part,
  cast(count(*) filter (where s.is_new) as integer) as numerator,
  cast(count(s.person) as integer) as denominator,
  cast(count(*) filter (where s.is_new and not s.is_exact) as integer) as doubtful
from nights as n
left join starters as s on s.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'staff_start_share' as measure,
  '' as part,
  cast(count(*) filter (where s.capacity = 'staff') as integer) as numerator,
  cast(count(s.person) as integer) as denominator,
  0 as doubtful
from nights as n
left join starting as s on s.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'start_survival90' as measure,
  '' as part,
  cast(count(*) filter (where o.survives) as integer) as numerator,
  cast(count(o.person) as integer) as denominator,
  0 as doubtful
from nights as n
left join outlasting as o on o.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'failed_starts' as measure,
  '' as part,
  cast(count(f.number) as integer) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from nights as n
left join failed as f on f.as_of = n.as_of
group by n.as_of
