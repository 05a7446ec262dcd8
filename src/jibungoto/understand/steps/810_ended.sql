-- Ended: the events over by each night, whether long enough for what is asked of them, and what is recorded.
-- reads: gatherings, nights, params, traces
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
    date_diff('second', g.ended_at, n.until_at) as age
  from nights as n
  join gatherings as g on g.ended_at < n.until_at
)

select
  a.as_of,
  a.initiative,
  a.source,
  a.attended,
  a.viewers,
  a.age <= p.event_seconds as is_recent,
  a.age > p.output_seconds and a.age <= p.output_seconds + p.event_seconds as is_settled,
  a.age > p.again_seconds and a.age <= p.again_seconds + p.event_seconds as is_matured,
  coalesce(r.registration, 0) = 1 as has_registration,
  coalesce(r.attendance, 0) = 1 as has_attendance
from aged as a
cross join params as p
left join recorded as r on r.as_of = a.as_of and r.initiative = a.initiative
where a.age <= p.event_seconds + greatest(p.output_seconds, p.again_seconds)
