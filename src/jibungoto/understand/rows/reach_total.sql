-- Who came: for each person and way their latest attendance; events whose heads were only counted by their source.
-- reads: ended, seen
with met as (
  select e.as_of, '' as part, s.person, s.source, s.key, s.starts_at
  from ended as e
  join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
  where e.is_recent
  union all
  select e.as_of, s.mode as part, s.person, s.source, s.key, s.starts_at
  from ended as e
  join seen as s on s.as_of = e.as_of and s.initiative = e.initiative
  where e.is_recent
),

latest as (
  select as_of, part, person, source, key
  from met
  qualify
    row_number() over (
      partition by as_of, part, person
      order by starts_at desc, source, key
    ) = 1
)

select as_of, part, person, source, key
from latest
union all
select as_of, 'viewers' as part, cast(null as integer) as person, source, cast(null as varchar) as key
from ended
where is_recent and viewers is not null
union all
select as_of, 'attended' as part, cast(null as integer) as person, source, cast(null as varchar) as key
from ended
where is_recent and attended is not null
