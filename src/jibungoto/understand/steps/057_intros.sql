-- Introductions: each member's first post in a place for them, and who answered it soon (7.2).
-- reads: acts, params, told
with posts as (
  select source, key, person, happened_at, day
  from acts
  where capacity = 'member' and kind = 'message' and tag = 'intro'
  qualify row_number() over (partition by person order by happened_at, sequence, source, key) = 1
),

answers as (
  select source, in_reply_to as post, person, capacity, opted_out, happened_at
  from told
  where kind = 'reaction'
  union all
  select source, thread as post, person, capacity, opted_out, happened_at
  from told
  where kind in ('reply', 'comment')
),

warm as (
  select distinct i.source, i.key, a.person
  from posts as i
  join answers as a
    on a.source = i.source
    and a.post = i.key
    and a.person <> i.person
    and a.capacity <> 'bot'
    and not a.opted_out
    and a.happened_at >= i.happened_at
  join params as p
    on date_diff('second', i.happened_at, a.happened_at) < p.welcome_seconds
)

select
  i.source,
  i.key,
  i.person,
  i.happened_at,
  i.day,
  cast(count(w.person) as integer) as warmth
from posts as i
left join warm as w on w.source = i.source and w.key = i.key
group by i.source, i.key, i.person, i.happened_at, i.day
