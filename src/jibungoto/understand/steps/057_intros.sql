-- Introductions: each member's first post in a place for them within the horizon, and who answered soon (7.2).
-- reads: acts, horizon, params, told
with first_posts as (
  select source, key, person, happened_at, day
  from acts
  where capacity = 'member' and kind = 'message' and tag = 'intro'
  qualify row_number() over (partition by person order by happened_at, sequence, source, key) = 1
),

posts as (
  select f.source, f.key, f.person, f.happened_at, f.day
  from first_posts as f
  join horizon as h on f.day >= h.first_day
),

answers as (
  select
    t.source,
    case when t.kind = 'reaction' then t.in_reply_to else t.thread end as post,
    t.person,
    t.capacity,
    t.opted_out,
    t.happened_at
  from told as t
  join horizon as h on t.day >= h.first_day
  where t.kind in ('reaction', 'reply', 'comment')
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
