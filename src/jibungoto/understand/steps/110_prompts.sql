-- Starting and sustaining acts, and which of them followed a staff member's mention (BR11).
-- reads: params, starts, sustain, ties
with efforts as (
  select person, happened_at, day, day as known_day
  from starts
  where capacity = 'member'
  union all
  select person, happened_at, day, known_day
  from sustain
),

line as (
  select
    person,
    happened_at,
    day,
    known_day,
    1 as is_effort,
    cast(null as timestamp) as mentioned_at
  from efforts
  union all
  select
    to_person as person,
    happened_at,
    day,
    day as known_day,
    0 as is_effort,
    happened_at as mentioned_at
  from ties
  where kind = 'mention' and from_capacity = 'staff' and not is_hidden
),

heard as (
  select
    person,
    happened_at,
    day,
    known_day,
    is_effort,
    max(mentioned_at) over (
      partition by person
      order by happened_at, is_effort
      rows between unbounded preceding and current row
    ) as mentioned_at
  from line
)

select
  h.person,
  h.day,
  h.known_day,
  coalesce(date_diff('second', h.mentioned_at, h.happened_at) < p.asked_seconds, false) as asked
from heard as h
cross join params as p
where h.is_effort = 1
