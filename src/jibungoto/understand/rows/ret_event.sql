-- First attendances long enough ago: of people who came again, by way too, and of the others in the part no.
-- reads: ended, params, seen
with firsts as (
  select
    e.as_of,
    s.initiative,
    s.mode,
    s.person,
    s.source,
    s.key,
    s.is_in_series
    or coalesce(date_diff('second', s.starts_at, s.again_at) < p.again_seconds, false) as is_back
  from ended as e
  cross join params as p
  join seen as s on s.as_of = e.as_of and s.initiative = e.initiative and s.is_first
  where e.is_matured
)

select as_of, case when is_back then '' else 'no' end as part, person, source, key
from firsts
qualify
  row_number() over (
    partition by as_of, initiative, person
    order by mode, source, key
  ) = 1
union all
select as_of, mode as part, person, source, key
from firsts
where is_back and mode <> 'unsaid'
