-- Sequels: the next two events of each one's series, and from when it is known who came to them (7.1).
-- reads: gatherings, params
with placed as (
  select
    initiative,
    ended_at,
    lead(initiative, 1) over line as next_initiative,
    lead(starts_at, 1) over line as next_at,
    lead(ended_at, 1) over line as next_ended_at,
    lead(initiative, 2) over line as second_initiative,
    lead(starts_at, 2) over line as second_at,
    lead(ended_at, 2) over line as second_ended_at
  from gatherings
  where series is not null
  window line as (partition by series order by starts_at, initiative)
),

followed as (
  select
    c.initiative,
    c.ended_at,
    c.next_initiative,
    c.next_ended_at,
    c.second_initiative,
    c.second_ended_at,
    p.rest_seconds,
    coalesce(date_diff('second', c.ended_at, c.next_at) <= p.rest_seconds, false) as goes_on,
    coalesce(
      date_diff('second', c.ended_at, c.next_at) <= p.rest_seconds
      and date_diff('second', c.next_ended_at, c.second_at) <= p.rest_seconds,
      false
    ) as goes_on_twice
  from placed as c
  cross join params as p
)

select
  initiative,
  case when goes_on then next_initiative end as next_initiative,
  case when goes_on_twice then second_initiative end as second_initiative,
  case
    when goes_on_twice then second_ended_at
    when goes_on then next_ended_at
    else ended_at
  end as known_from,
  case when goes_on_twice then 0 else rest_seconds end as known_seconds
from followed
