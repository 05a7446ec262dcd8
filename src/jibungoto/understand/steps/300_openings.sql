-- Openings: members' first posts, and the questions they asked; what others may answer (BR16, BR17).
-- reads: acts
with posts as (
  select
    source,
    key,
    person,
    kind,
    happened_at,
    day,
    place,
    thread,
    sequence,
    is_question,
    row_number() over (
      partition by person
      order by happened_at, sequence, source, key
    ) as nth
  from acts
  where capacity = 'member' and class in ('SPEAK', 'CONTRIBUTE')
)

select
  source,
  key,
  person,
  happened_at,
  day,
  place,
  thread,
  sequence,
  nth = 1 as is_first,
  is_question and kind = 'message' as is_question
from posts
where nth = 1 or (is_question and kind = 'message')
