-- Reported: how many registered and waited for each event that ended lately, where its source says (7.8).
-- reads: ended, initiative
select
  e.as_of,
  e.initiative,
  e.source,
  i.registered,
  i.waiting
from ended as e
join initiative as i on i.key = e.initiative
where e.is_recent
