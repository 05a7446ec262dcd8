-- Sustaining acts: a starter's own act in a later month in which enough others acted there (BR10).
-- reads: acts, gathered, params, starts
with alive as (
  select
    r.start,
    r.month,
    r.day
  from (
    select
      start,
      month,
      day,
      row_number() over (partition by start, month order by day, other) as arrival
    from gathered
  ) as r
  join params as p on r.arrival = p.sustain_others
)

select
  a.person,
  a.class,
  a.initiative,
  a.source,
  a.key,
  a.happened_at,
  a.sequence,
  a.day,
  m.month,
  greatest(a.day, m.day) as known_day
from acts as a
join starts as s on s.initiative = a.initiative and s.person = a.person and s.capacity = 'member'
join alive as m
  on m.start = s.number
  and m.month = cast(date_trunc('month', a.day) as date)
  and m.month > s.month
where
  a.capacity = 'member'
  and a.class not in ('RECEIVE', 'START')
