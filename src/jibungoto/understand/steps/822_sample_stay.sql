-- Stay: how many minutes each member was online at each event that ended lately, where measured (7.8).
-- reads: ended, seen
select
  e.as_of,
  s.person,
  cast(s.minutes as double) as amount,
  true as observed,
  '' as part,
  s.source,
  s.key
from ended as e
join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
where e.is_recent and s.mode = 'online' and s.minutes is not null
