-- Crossings: nights from which enough others lie inside somebody's window (+), or no longer (-).
-- reads: islands, params
with moves as (
  select what, person, from_night as night, 1 as change
  from islands
  where what in ('helped', 'activated')
  union all
  select what, person, to_night as night, -1 as change
  from islands
  where what in ('helped', 'activated')
),

nightly as (
  select what, person, night, cast(sum(change) as integer) as change
  from moves
  group by what, person, night
),

running as (
  select
    what,
    person,
    night,
    cast(sum(change) over (
      partition by what, person
      order by night
      rows between unbounded preceding and current row
    ) as integer) as others
  from nightly
),

flagged as (
  select
    r.what,
    r.person,
    r.night,
    case
      when r.what = 'helped' and r.others >= p.help_others then 1
      when r.what = 'activated' and r.others >= p.activated_others then 1
      else 0
    end as holds
  from running as r
  cross join params as p
),

turned as (
  select
    what,
    person,
    night,
    holds,
    coalesce(lag(holds) over (partition by what, person order by night), 0) as held
  from flagged
)

select what, person, night, holds - held as change
from turned
where holds <> held
