-- Who came to events: those who made something in the 14 days after, and the others in the part no.
-- reads: ended, event_outputs, seen
with made as (
  select as_of, initiative, person
  from event_outputs
  group by as_of, initiative, person
)

select
  e.as_of,
  case when m.person is null then 'no' else '' end as part,
  s.person,
  s.source,
  s.key
from ended as e
join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
left join made as m
  on m.as_of = s.as_of and m.initiative = s.initiative and m.person = s.person
where e.is_settled
qualify
  row_number() over (
    partition by e.as_of, s.initiative, s.person
    order by s.mode, s.source, s.key
  ) = 1
