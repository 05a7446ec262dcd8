-- Entries: each member's standing registration for an event, one for each way of taking part.
-- reads: standing_entries
with ranked as (
  select
    as_of,
    source,
    key,
    initiative,
    mode,
    person,
    row_number() over (
      partition by as_of, initiative, mode, person
      order by happened_at, source, key
    ) as position,
    max(case when mode <> 'unsaid' then 1 else 0 end) over (
      partition by as_of, initiative, person
    ) as is_said
  from standing_entries
  where is_members
)

select as_of, source, key, initiative, mode, person
from ranked
where position = 1 and (mode <> 'unsaid' or is_said = 0)
