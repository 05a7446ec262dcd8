-- Outputs: articles, slides and videos, and changes taken in; the same address by the same person is one (7.5).
-- reads: activity, acts
select
  a.source,
  a.key,
  b.record,
  a.person,
  a.capacity,
  a.happened_at,
  a.initiative,
  a.kind = 'merge' as is_code
from acts as a
join activity as b on b.source = a.source and b.key = a.key
where (a.output and a.kind <> 'talk') or a.kind = 'merge'
qualify
  row_number() over (
    partition by a.person, coalesce(b.url, concat(a.source, ' ', a.key))
    order by a.happened_at, a.sequence, a.source, a.key
  ) = 1
