-- Starting: who has a qualified start in the window, as whom, and whether it is their first (7.4).
-- reads: firsts, nights, params, qualified
with first_ever as (
  select person, min(qualified_day) as day
  from qualified
  group by person
)

select
  n.as_of,
  q.person,
  q.capacity,
  q.source,
  q.key,
  f.day >= n.as_of - p.cohort_window as is_new,
  coalesce(k.is_exact, false) as is_exact
from nights as n
cross join params as p
join qualified as q
  on q.capacity <> 'bot'
  and q.qualified_day < n.as_of
  and q.qualified_day >= n.as_of - p.cohort_window
join first_ever as f on f.person = q.person
left join firsts as k on k.person = q.person
