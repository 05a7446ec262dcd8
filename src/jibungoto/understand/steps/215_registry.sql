-- Registry: who is known by a handle on each night; who left no record at all, on the log's newest only.
-- reads: activity, debuts, firsts, kinds, params, source, standing, who
with newest as (
  select max(covered_until) as day from source
),

later as (
  select distinct w.person
  from activity as a
  join params as p on a.day >= p.as_of
  semi join kinds as k on k.kind = a.kind
  join who as w
    on w.actor = a.actor
    and (w.from_day is null or w.from_day <= a.day)
    and (w.to_day is null or a.day < w.to_day)
)

select
  g.as_of,
  g.person,
  g.capacity,
  g.is_deleted,
  f.person is null and a.person is null and l.person is null as is_undated,
  case
    when f.person is null and a.person is null
      then l.person is null and g.as_of > coalesce(z.day, g.as_of - 1)
    else coalesce(f.joined_day < g.as_of, false) or coalesce(a.day < g.as_of, false)
  end as is_known
from standing as g
cross join newest as z
left join firsts as f on f.person = g.person
left join debuts as a on a.person = g.person
left join later as l on l.person = g.person
