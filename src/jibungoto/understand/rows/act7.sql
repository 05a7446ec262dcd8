-- Newcomers of the cohort: those who did it, and the others in the part no.
-- reads: newcomers, nights, params
select
  n.as_of,
  case
    when
      date_diff('second', c.joined_at, c.spoke_at) < p.act7_seconds
      then ''
    else 'no'
  end as part,
  c.person,
  c.source,
  c.key
from nights as n
cross join params as p
join newcomers as c
  on c.joins
  and c.joined_day < n.as_of
  and c.joined_day >= n.as_of - p.cohort_window
  and date_diff('second', c.joined_at, n.until_at) >= p.act7_seconds
