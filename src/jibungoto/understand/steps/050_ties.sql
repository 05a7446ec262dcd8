-- Replies and mentions between people; a reply's parent may lie in another delivery.
-- reads: activity, params, people, tie, who
with spoken as (
  select
    t.source,
    t.key,
    t.kind,
    t.from_actor,
    t.to_actor,
    t.happened_at,
    t.day
  from tie as t
  join params as p on t.day < p.as_of
  where t.kind in ('reply', 'mention')
),

addressed as (
  select source, key, kind, from_actor, to_actor, happened_at, day
  from spoken
  where to_actor is not null
  union all
  select t.source, t.key, t.kind, t.from_actor, b.actor as to_actor, t.happened_at, t.day
  from (
    select s.source, s.key, s.kind, s.from_actor, s.happened_at, s.day, a.in_reply_to
    from spoken as s
    join activity as a on a.source = s.source and a.key = s.key
    where s.to_actor is null
  ) as t
  join activity as b on b.source = t.source and b.key = t.in_reply_to
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
