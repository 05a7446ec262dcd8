-- Candidates for Today: whom to talk to and why, before anybody chooses among them.
-- reads: firsts, gaps, ladder, params, received, source, starts
with posted as (
  select
    'unanswered_first_post' as reason,
    r.person,
    r.happened_at,
    r.day,
    r.place,
    cast(null as integer) as silent_days,
    cast(null as double) as median_gap
  from received as r
  cross join params as p
  join source as s on s.source = r.source and s.threads and s.replies
  join firsts as f on f.person = r.person and f.is_exact
  where
    r.is_first
    and r.thread_at is null
    and r.mention_at is null
    and r.seen_at is null
    and r.others_at is null
    and r.announced_at is null
    and date_diff('second', r.happened_at, r.watched_at) >= p.today_after_seconds
    and date_diff('second', r.happened_at, p.until_at) < p.today_until_seconds
),

started as (
  select
    'first_start' as reason,
    s.person,
    s.happened_at,
    s.day,
    s.place,
    cast(null as integer) as silent_days,
    cast(null as double) as median_gap
  from (
    select
      person,
      capacity,
      happened_at,
      day,
      place,
      row_number() over (partition by person order by happened_at, sequence, source, key) as nth
    from starts
  ) as s
  cross join params as p
  where s.nth = 1 and s.capacity = 'member' and s.day >= p.as_of - p.today_start_days
),

silent as (
  select
    'silent_contributor' as reason,
    l.person,
    cast(null as timestamp) as happened_at,
    g.last_day as day,
    cast(null as varchar) as place,
    date_diff('day', g.last_day, p.as_of) - 1 as silent_days,
    g.median_gap
  from ladder as l
  join params as p on p.as_of = l.as_of
  join gaps as g on g.person = l.person and g.gaps >= p.silent_gaps
  where
    l.stage >= 3
    and date_diff('day', g.last_day, p.as_of) - 1 >= p.silent_days
    and date_diff('day', g.last_day, p.as_of) - 1 >= p.silent_factor * g.median_gap
),

everybody as (
  select reason, person, happened_at, day, place, silent_days, median_gap from posted
  union all
  select reason, person, happened_at, day, place, silent_days, median_gap from started
  union all
  select reason, person, happened_at, day, place, silent_days, median_gap from silent
)

select
  e.reason,
  e.person,
  e.happened_at,
  e.day,
  e.place,
  cast(e.silent_days as integer) as silent_days,
  e.median_gap,
  l.stage
from everybody as e
join params as p on true
join ladder as l on l.person = e.person and l.as_of = p.as_of
