-- Unanswered: what became of members' questions within 72 hours; each is in exactly one part (BR16).
-- reads: nights, params, questions
with judged as (
  select
    n.as_of,
    q.key,
    case
      when coalesce(date_diff('second', q.happened_at, q.answered_at) < p.unanswered_seconds, false)
        then 'answered'
      when q.announced_at is not null and q.announced_at < n.until_at then 'untold'
      when q.seen_at is not null and q.seen_at < n.until_at then 'seen'
      when coalesce(date_diff('second', q.happened_at, q.others_at) < p.unanswered_seconds, false)
        then 'no_visible_reply'
      else ''
    end as part
  from nights as n
  cross join params as p
  join questions as q
    on q.day < n.as_of
    and q.day >= n.as_of - p.cohort_window
    and date_diff('second', q.happened_at, least(n.until_at, q.watched_at)) >= p.unanswered_seconds
),

parts as (
  select '' as part
  union all
  select 'answered' as part
  union all
  select 'seen' as part
  union all
  select 'no_visible_reply' as part
)

select
  n.as_of,
  x.part,
  cast(count(*) filter (where j.part = x.part) as integer) as numerator,
  cast(count(j.key) filter (where j.part <> 'untold') as integer) as denominator,
  cast(count(*) filter (where j.part = 'untold') as integer) as doubtful
from nights as n
cross join parts as x
left join judged as j on j.as_of = n.as_of
group by n.as_of, x.part
