-- Who stands at each stage, dormant people apart; the row is their latest act.
-- reads: acts, ladder
select
  l.as_of,
  concat('S', cast(l.stage as varchar), case when l.dormant then '.dormant' else '' end) as part,
  l.person,
  a.source,
  a.key
from ladder as l
left join acts as a on a.person = l.person and a.day = l.last_day and a.capacity = 'member'
qualify
  row_number() over (
    partition by l.as_of, l.person
    order by a.happened_at desc, a.sequence desc, a.source, a.key
  ) = 1
