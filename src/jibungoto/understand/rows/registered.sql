-- Who is registered, by source, deleted accounts and staff apart; the row is their first record.
-- reads: firsts, registry, who
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
from registry as g
left join firsts as f on f.person = g.person
where
  g.is_known
  and (g.capacity = 'member' or (g.capacity = 'staff' and not g.is_deleted))
union all
select distinct g.as_of, concat('source:', w.source) as part, g.person, f.source, f.key
from registry as g
join who as w on w.person = g.person
left join firsts as f on f.person = g.person
where g.is_known and g.capacity = 'member' and not g.is_deleted
