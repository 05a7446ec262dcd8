-- Registered: people with a handle, by source; those without any record cannot be dated (BR6).
-- reads: nights, registry, who
with parts as (
  select as_of, '' as part, person
  from registry
  where is_known and capacity = 'member' and not is_deleted
  union all
  select as_of, 'deleted' as part, person
  from registry
  where is_known and capacity = 'member' and is_deleted
  union all
  select as_of, 'staff' as part, person
  from registry
  where is_known and capacity = 'staff' and not is_deleted
  union all
  select distinct g.as_of, concat('source:', w.source) as part, g.person
  from registry as g
  join who as w on w.person = g.person
  where g.is_known and g.capacity = 'member' and not g.is_deleted
),

undated as (
  select as_of, cast(count(*) as integer) as people
  from registry
  where is_undated and not is_known and capacity = 'member' and not is_deleted
  group by as_of
)

select
  n.as_of,
  coalesce(x.part, '') as part,
  cast(count(x.person) as integer) as numerator,
  cast(null as integer) as denominator,
  coalesce(max(u.people), 0) as doubtful
from nights as n
left join parts as x on x.as_of = n.as_of
left join undated as u on u.as_of = n.as_of
group by n.as_of, coalesce(x.part, '')
