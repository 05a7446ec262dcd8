-- Ended: the events over by each night, whether long enough for what is asked of them, and what is recorded.
-- reads: gatherings, nights, params, sequels, traces
with recorded as (
  select
    as_of,
    initiative,
    max(case when kind = 'registration' then 1 else 0 end) as registration,
    max(case when kind = 'attendance' then 1 else 0 end) as attendance
  from traces
  group by as_of, initiative
),

aged as (
  select
    n.as_of,
    g.initiative,
    g.source,
    g.attended,
    g.viewers,
    date_diff('second', g.ended_at, n.until_at) as age,
    least(
      date_diff('second', g.ended_at, n.until_at) - p.again_seconds,
      coalesce(
        date_diff('second', q.known_from, n.until_at) - q.known_seconds,
        date_diff('second', g.ended_at, n.until_at)
      )
    ) as matured
  from nights as n
  cross join params as p
  join gatherings as g on g.ended_at < n.until_at
  left join sequels as q on q.initiative = g.initiative
)

select
  a.as_of,
  a.initiative,
  a.source,
  a.attended,
  a.viewers,
  a.age <= p.event_seconds as is_recent,
  a.age > p.output_seconds and a.age <= p.output_seconds + p.event_seconds as is_settled,
  a.matured > 0 and a.matured <= p.event_seconds as is_matured,
  coalesce(r.registration, 0) = 1 as has_registration,
  coalesce(r.attendance, 0) = 1 as has_attendance
from aged as a
cross join params as p
left join recorded as r on r.as_of = a.as_of and r.initiative = a.initiative
where
  a.age <= p.event_seconds + p.output_seconds
  or (a.matured > 0 and a.matured <= p.event_seconds)
