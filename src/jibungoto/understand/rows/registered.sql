-- Who is registered, by source, deleted accounts and staff apart; the row is their first record.
-- reads: firsts, params, standing, who
select
  g.as_of,
  case
    when g.capacity = 'staff' then 'staff'
    when g.is_deleted then 'deleted'
    else ''
  end as part,
  g.person,
  f.source,
  f.key
from standing as g
cross join params as p
left join firsts as f on f.person = g.person
where
  (g.capacity = 'member' or (g.capacity = 'staff' and not g.is_deleted))
  and (f.joined_day < g.as_of or (f.person is null and g.as_of = p.as_of))
union all
select distinct g.as_of, concat('source:', w.source) as part, g.person, f.source, f.key
from standing as g
cross join params as p
join who as w on w.person = g.person
left join firsts as f on f.person = g.person
where
  g.capacity = 'member'
  and not g.is_deleted
  and (f.joined_day < g.as_of or (f.person is null and g.as_of = p.as_of))
