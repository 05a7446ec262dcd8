-- Openings: members' first posts, what they asked, and every topic they opened; what others may answer (BR16, BR17).
-- reads: acts
with earliest as (
  select person, min(happened_at) as happened_at
  from acts
  where capacity = 'member' and class in ('SPEAK', 'CONTRIBUTE')
  group by person
),

first_posts as (
  select
    a.source,
    a.key,
    a.person,
    row_number() over (partition by a.person order by a.sequence, a.source, a.key) as nth
  from acts as a
  join earliest as e on e.person = a.person and e.happened_at = a.happened_at
  where a.capacity = 'member' and a.class in ('SPEAK', 'CONTRIBUTE')
)

select
  a.source,
  a.key,
  a.person,
  a.happened_at,
  a.day,
  a.place,
  a.thread,
  a.sequence,
  f.nth is not null as is_first,
  (a.is_question and a.kind = 'message') or a.kind = 'topic' as is_question
from acts as a
left join first_posts as f on f.source = a.source and f.key = a.key and f.nth = 1
where
  a.capacity = 'member'
  and a.class in ('SPEAK', 'CONTRIBUTE')
  and (f.nth is not null or (a.is_question and a.kind = 'message') or a.kind = 'topic')
