-- Registered: people with a handle, by source; those without any record cannot be dated (BR6).
-- reads: firsts, nights, params, standing, who
with known as (
  select
    g.as_of,
    g.person,
    g.capacity,
    g.is_deleted,
    f.person is not null and f.joined_day < g.as_of as is_dated
  from standing as g
  join params as p on true
  left join firsts as f on f.person = g.person
  where (f.person is null) or f.joined_day < g.as_of
),

counted as (
  select k.as_of, k.person, k.capacity, k.is_deleted, k.is_dated
  from known as k
  join params as p on k.is_dated or k.as_of = p.as_of
),

undated as (
  select as_of, cast(count(*) as integer) as people
  from known
  where not is_dated and capacity = 'member' and not is_deleted
  group by as_of
),

parts as (
  select as_of, '' as part, person
  from counted
  where capacity = 'member' and not is_deleted
  union all
  select as_of, 'deleted' as part, person
  from counted
  where capacity = 'member' and is_deleted
  union all
  select as_of, 'staff' as part, person
  from counted
  where capacity = 'staff' and not is_deleted
  union all
  select distinct c.as_of, concat('source:', w.source) as part, c.person
  from counted as c
  join who as w on w.person = c.person
  where c.capacity = 'member' and not c.is_deleted
)

select
  n.as_of,
  coalesce(x.part, '') as part,
  cast(count(x.person) as integer) as numerator,
  cast(null as integer) as denominator,
  cast(max(case when n.as_of < p.as_of then coalesce(u.people, 0) else 0 end) as integer) as doubtful
from nights as n
cross join params as p
left join parts as x on x.as_of = n.as_of
left join undated as u on u.as_of = n.as_of
group by n.as_of, coalesce(x.part, '')
