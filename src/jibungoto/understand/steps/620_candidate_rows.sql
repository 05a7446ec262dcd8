-- The rows behind each candidate: the post, the start, or one act of each of their last days.
-- reads: acts, candidates, params, received, starts
with rows_behind as (
  select c.reason, c.person, r.source, r.key, r.happened_at
  from candidates as c
  join received as r on r.person = c.person and r.is_first
  where c.reason = 'unanswered_first_post'
  union all
  select c.reason, c.person, s.source, s.key, s.happened_at
  from candidates as c
  join starts as s on s.person = c.person and s.happened_at = c.happened_at
  where c.reason = 'first_start'
  union all
  select x.reason, x.person, x.source, x.key, x.happened_at
  from (
    select
      c.reason,
      c.person,
      a.source,
      a.key,
      a.happened_at,
      a.day,
      row_number() over (
        partition by c.person, a.day
        order by a.happened_at, a.sequence, a.source, a.key
      ) as nth
    from candidates as c
    join acts as a on a.person = c.person and a.capacity = 'member'
    where c.reason = 'silent_contributor'
  ) as x
  where x.nth = 1
),

newest as (
  select
    reason,
    person,
    source,
    key,
    happened_at,
    row_number() over (
      partition by reason, person
      order by happened_at desc, source desc, key desc
    ) as newness
  from rows_behind
)

select
  n.reason,
  n.person,
  n.source,
  n.key,
  cast(row_number() over (
    partition by n.reason, n.person
    order by n.happened_at, n.source, n.key
  ) as integer) as position
from newest as n
join params as p on n.newness <= p.silent_gaps + 1
