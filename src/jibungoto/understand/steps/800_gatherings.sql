-- Gatherings: the events that were held, with their beginning, their end and the heads counted (7.8).
-- reads: initiative
select
  key as initiative,
  source,
  case when mode in ('venue', 'online') then mode else 'unsaid' end as mode,
  starts_at,
  greatest(starts_at, coalesce(ends_at, starts_at)) as ended_at,
  attended,
  viewers,
  series,
  capacity,
  hashtag
from initiative
where kind = 'event' and starts_at is not null and not coalesce(is_cancelled, false)
