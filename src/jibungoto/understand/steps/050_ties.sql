-- Replies and mentions between people; a reply's parent may lie in another delivery.
-- reads: activity, params, people, tie, who
with addressed as (
  select
    t.source,
    t.key,
    t.kind,
    t.from_actor,
    coalesce(t.to_actor, b.actor) as to_actor,
    t.happened_at,
    t.day
  from tie as t
  join params as p on t.day < p.as_of
  left join activity as a on t.to_actor is null and a.source = t.source and a.key = t.key
  left join activity as b on b.source = a.source and b.key = a.in_reply_to
  where t.kind in ('reply', 'mention')
)

select
  t.source,
  t.key,
  t.kind,
  f.person as from_person,
  f.kind as from_capacity,
  g.person as to_person,
  g.kind as to_capacity,
  u.opted_out or v.opted_out as is_hidden,
  t.happened_at,
  t.day
from addressed as t
join who as f
  on f.actor = t.from_actor
  and (f.from_day is null or f.from_day <= t.day)
  and (f.to_day is null or t.day < f.to_day)
join who as g
  on g.actor = t.to_actor
  and (g.from_day is null or g.from_day <= t.day)
  and (g.to_day is null or t.day < g.to_day)
join people as u on u.person = f.person
join people as v on v.person = g.person
where f.person <> g.person
