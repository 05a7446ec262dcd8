-- Watched: the last dated record of each source before the day; what came of anything later nobody can tell.
-- reads: activity, params
select
  a.source,
  max(a.happened_at) as last_at,
  max(a.day) as last_day
from activity as a
join params as p on a.day < p.as_of
where a.at_precision = 'exact'
group by a.source
