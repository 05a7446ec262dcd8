-- Everybody registered by the last day: in which capacity, deleted members apart, and when and how often they acted.
-- reads: acted, firsts, params, registry, who
with capacity as (
  select
    w.person,
    w.kind as capacity,
    w.opted_out,
    row_number() over (partition by w.person order by w.from_day desc nulls last, w.actor) as position
  from who as w
  join params as p
    on (w.from_day is null or w.from_day < p.as_of)
    and (w.to_day is null or p.as_of <= w.to_day)
)

select
  c.person,
  case
    when g.capacity = 'member' and g.is_deleted then 'deleted'
    else coalesce(g.capacity, c.capacity)
  end as capacity,
  c.opted_out,
  f.joined_day,
  coalesce(f.is_exact, false) as joined_exact,
  s.first_day,
  s.last_day,
  coalesce(s.acts, 0) as acts
from capacity as c
join params as p on true
left join registry as g on g.person = c.person and g.as_of = p.as_of
left join firsts as f on f.person = c.person
left join acted as s on s.person = c.person
where c.position = 1 and coalesce(g.is_known, true)
