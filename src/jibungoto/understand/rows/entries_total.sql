-- Registrations that stand, for the events that ended lately.
-- reads: ended, entries, standing_entries
select e.as_of, '' as part, r.person, r.source, r.key
from ended as e
join entries as r on r.as_of = e.as_of and r.initiative = e.initiative
where e.is_recent
union all
select e.as_of, r.mode as part, r.person, r.source, r.key
from ended as e
join entries as r on r.as_of = e.as_of and r.initiative = e.initiative
where e.is_recent
union all
select e.as_of, 'gone' as part, r.person, r.source, r.key
from ended as e
join standing_entries as r on r.as_of = e.as_of and r.initiative = e.initiative and r.person is null
where e.is_recent
