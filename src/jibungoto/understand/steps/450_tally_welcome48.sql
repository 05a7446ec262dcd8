-- Welcome: newcomers' first posts that got something from another human within 48 hours (BR17).
-- reads: newcomers, nights, params, received, source
with posts as (
  select
    n.as_of,
    r.key,
    coalesce(date_diff('second', r.happened_at, r.reply_at) < p.welcome_seconds, false) as replied,
    coalesce(date_diff('second', r.happened_at, r.thread_at) < p.welcome_seconds, false) as joined_in,
    coalesce(date_diff('second', r.happened_at, r.mention_at) < p.welcome_seconds, false) as mentioned,
    coalesce(date_diff('second', r.happened_at, r.reaction_at) < p.welcome_seconds, false) as reacted,
    r.seen_at is not null and r.seen_at < n.until_at as seen,
    r.announced_at is not null and r.announced_at < n.until_at as announced
  from nights as n
  cross join params as p
  join received as r
    on r.is_first
    and r.day < n.as_of
    and r.day >= n.as_of - p.cohort_window
    and date_diff('second', r.happened_at, least(n.until_at, r.watched_at)) >= p.welcome_seconds
  join newcomers as c on c.person = r.person
  join source as s on s.source = r.source and s.threads
),

judged as (
  select
    as_of,
    key,
    replied or mentioned as is_directed,
    replied or joined_in or mentioned or reacted as is_welcomed,
    announced and not (replied or joined_in or mentioned or reacted) as is_untold,
    seen
  from posts
)

select
  n.as_of,
  '' as part,
  cast(count(*) filter (where j.is_welcomed) as integer) as numerator,
  cast(count(j.key) filter (where not j.is_untold) as integer) as denominator,
  cast(count(*) filter (where j.is_untold) as integer) as doubtful
from nights as n
left join judged as j on j.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'directed' as part,
  cast(count(*) filter (where j.is_directed and not j.is_untold) as integer) as numerator,
  cast(count(j.key) filter (where not j.is_untold) as integer) as denominator,
  cast(count(*) filter (where j.is_untold) as integer) as doubtful
from nights as n
left join judged as j on j.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'undated_reaction' as part,
  cast(count(*) filter (where j.seen and not j.is_welcomed and not j.is_untold) as integer) as numerator,
  cast(count(j.key) filter (where not j.is_untold) as integer) as denominator,
  cast(count(*) filter (where j.is_untold) as integer) as doubtful
from nights as n
left join judged as j on j.as_of = n.as_of
group by n.as_of
