-- Who of the people active within a year stands at each stage; the row is their latest act.
-- reads: acts, ladder, params
select
  l.as_of,
  concat('S', cast(l.stage as varchar)) as part,
  l.person,
  a.source,
  a.key
from ladder as l
join params as p on l.last_day >= l.as_of - p.share_window
join acts as a on a.person = l.person and a.day = l.last_day and a.capacity = 'member'
qualify
  row_number() over (
    partition by l.as_of, l.person
    order by a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
