-- Those who got their seat from a waiting list: who came, by way too, and the others in the part no.
-- reads: ended, outcomes
with promoted as (
  select e.as_of, o.initiative, o.mode, o.person, o.came, o.came_at_all, o.source, o.key
  from ended as e
  join outcomes as o
    on o.as_of = e.as_of and o.initiative = e.initiative and o.was_waiting and o.is_told
  where e.is_recent
)

select as_of, case when came_at_all then '' else 'no' end as part, person, source, key
from promoted
qualify
  row_number() over (
    partition by as_of, initiative, person
    order by mode, source, key
  ) = 1
union all
select as_of, mode as part, person, source, key
from promoted
where came and mode <> 'unsaid'
