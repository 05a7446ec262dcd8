-- Who came back; the row is the first act after the silence.
-- reads: acts, debuts, islands, nights, params
select n.as_of, '' as part, a.person, a.source, a.key
from nights as n
cross join params as p
join islands as i
  on i.what = 'present'
  and i.from_night <= n.as_of
  and i.from_night > n.as_of - p.period
join debuts as b on b.person = i.person and b.day < i.from_night - 1
join acts as a on a.person = i.person and a.capacity = 'member' and a.day = i.from_night - 1
qualify
  row_number() over (
    partition by n.as_of, i.person
    order by a.happened_at, a.sequence, a.source, a.key
  ) = 1
