-- Reach: what the sources a person appears in can tell of them, and since when.
-- reads: source, who
select
  w.person,
  max(case when s.threads and s.replies then 1 else 0 end) = 1 as tells_help,
  max(case when s.creators then 1 else 0 end) = 1 as tells_starts,
  max(s.covered_from) as covered_from
from who as w
join source as s on s.source = w.source
group by w.person
