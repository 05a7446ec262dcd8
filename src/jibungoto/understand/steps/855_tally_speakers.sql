-- Breadth of speakers: how many members gave a talk within a year, and how many of them for the first time (7.5).
-- reads: nights, speakers, talks
with begun as (
  select n.as_of, case when b.day < n.as_of then 0 else 1 end as before_all
  from nights as n
  cross join (
    select min(day) as day
    from talks
  ) as b
),

numbers as (
  select
    b.as_of,
    b.before_all,
    cast(count(s.person) as integer) as people,
    cast(count(*) filter (where s.is_first) as integer) as newly
  from begun as b
  left join speakers as s on s.as_of = b.as_of
  group by b.as_of, b.before_all
)

select
  as_of,
  'speaker_breadth' as measure,
  '' as part,
  people as numerator,
  cast(null as integer) as denominator,
  before_all as doubtful
from numbers
union all
select
  as_of,
  'first_time_speaker_share' as measure,
  '' as part,
  newly as numerator,
  people as denominator,
  before_all as doubtful
from numbers
