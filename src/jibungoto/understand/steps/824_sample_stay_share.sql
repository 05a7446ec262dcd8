-- Share stayed: the part of each event's length a member was online for, at most the whole (7.8).
-- reads: ended, seen
with timed as (
  select
    e.as_of,
    s.person,
    s.minutes * 60 as stayed,
    date_diff('second', s.starts_at, s.ended_at) as lasted,
    s.source,
    s.key
  from ended as e
  join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
  where e.is_recent and s.mode = 'online' and s.minutes is not null and s.ended_at > s.starts_at
)

select
  as_of,
  person,
  cast(least(stayed, lasted) as double) / nullif(lasted, 0) as amount,
  true as observed,
  '' as part,
  source,
  key
from timed
