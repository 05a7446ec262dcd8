-- Standing: in which capacity every known person stands on each night asked for.
-- reads: nights, people, who
select
  n.as_of,
  w.person,
  case
    when max(case when w.kind = 'bot' then 1 else 0 end) = 1 then 'bot'
    when max(case when w.kind = 'staff' then 1 else 0 end) = 1 then 'staff'
    when max(case when w.kind = 'partner' then 1 else 0 end) = 1 then 'partner'
    when max(case when w.kind = 'guest' then 1 else 0 end) = 1 then 'guest'
    else 'member'
  end as capacity,
  min(case when w.is_deleted then 1 else 0 end) = 1 as is_deleted
from nights as n
join who as w
  on (w.from_day is null or w.from_day < n.as_of)
  and (w.to_day is null or w.to_day >= n.as_of)
join people as u on u.person = w.person and not u.opted_out
group by n.as_of, w.person
