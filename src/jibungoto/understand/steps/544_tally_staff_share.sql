-- Staff share: of what people did for others, and of what they started, in the quarter (7.7).
-- reads: efforts, quarters
with counted as (
  select quarter, case when class = 'START' then 'starts' else 'helps' end as part, capacity, key
  from efforts
  where class in ('CONTRIBUTE', 'BRING', 'START')
),

parts as (
  select 'helps' as part
  union all
  select 'starts' as part
)

select
  q.as_of,
  x.part,
  cast(count(*) filter (where c.capacity = 'staff') as integer) as numerator,
  cast(count(c.key) as integer) as denominator,
  0 as doubtful
from quarters as q
cross join parts as x
left join counted as c on c.quarter = q.quarter and c.part = x.part
group by q.as_of, x.part
