-- Traces: what is recorded by each night of taking part in an event, by whom and in which way, named or not.
-- reads: activity, gatherings, nights, people, who
select
  n.as_of,
  a.source,
  a.key,
  a.record,
  a.kind,
  a.happened_at,
  a.length as minutes,
  g.initiative,
  case when a.place in ('venue', 'online') then a.place else g.mode end as mode,
  w.person,
  coalesce(w.kind = 'member' and not u.opted_out, false) as is_members
from activity as a
join gatherings as g on g.initiative = a.initiative
join nights as n on a.day < n.as_of
left join who as w
  on w.actor = a.actor
  and (w.from_day is null or w.from_day <= a.day)
  and (w.to_day is null or a.day < w.to_day)
left join people as u on u.person = w.person
where a.kind in ('registration', 'waiting', 'cancellation', 'attendance')
