-- Satisfied: the highest stage whose rule holds, from the first act on, whenever something changes.
-- reads: changes, params
with nightly as (
  select
    c.person,
    c.night,
    max(c.checked_at) as checked_at,
    cast(sum(case when c.what = 'present' then c.change else 0 end) as integer) as present,
    cast(sum(case when c.what = 'present_owner' then c.change else 0 end) as integer) as present_owner,
    cast(sum(case when c.what = 'spoke' then c.change else 0 end) as integer) as spoke,
    cast(sum(case when c.what in ('helped', 'output') then c.change else 0 end) as integer) as helped,
    cast(sum(case when c.what = 'starting' then c.change else 0 end) as integer) as starting,
    cast(sum(case when c.what = 'owning' then c.change else 0 end) as integer) as owning
  from changes as c
  join params as p on c.night <= p.as_of
  group by c.person, c.night
),

running as (
  select
    person,
    night,
    checked_at,
    cast(sum(present) over so_far as integer) as present,
    cast(sum(present_owner) over so_far as integer) as present_owner,
    cast(sum(spoke) over so_far as integer) as spoke,
    cast(sum(helped) over so_far as integer) as helped,
    cast(sum(starting) over so_far as integer) as starting,
    cast(sum(owning) over so_far as integer) as owning
  from nightly
  window so_far as (
    partition by person
    order by night
    rows between unbounded preceding and current row
  )
)

select
  person,
  night,
  checked_at,
  present,
  present_owner,
  case
    when owning > 0 then 5
    when starting > 0 then 4
    when helped > 0 then 3
    when spoke > 0 then 2
    else 1
  end as stage
from running
