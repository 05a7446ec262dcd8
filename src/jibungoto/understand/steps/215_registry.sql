-- Registry: who is known by a handle on each night; who left no record can be dated on the newest only.
-- reads: debuts, firsts, params, standing
select
  g.as_of,
  g.person,
  g.capacity,
  g.is_deleted,
  f.person is null and a.person is null as is_undated,
  case
    when f.person is null and a.person is null then g.as_of = p.as_of
    else coalesce(f.joined_day < g.as_of, false) or coalesce(a.day < g.as_of, false)
  end as is_known
from standing as g
cross join params as p
left join firsts as f on f.person = g.person
left join debuts as a on a.person = g.person
