-- Ways: when each member first acted in each family of sources (7.9).
-- reads: acts, gatherings
with placed as (
  select
    person,
    happened_at,
    case
      when source in ('slack', 'discord', 'zulip', 'line') then 'chat'
      when source in ('discourse', 'mbox') then 'forum'
      when source in ('git', 'github') then 'code'
      when source = 'feed' then 'content'
      when source in ('youtube', 'streamyard', 'facebook_live') then 'live'
    end as family,
    place,
    initiative
  from acts
  where capacity = 'member'
),

sorted as (
  select person, happened_at, family
  from placed
  where family is not null
  union all
  select
    p.person,
    p.happened_at,
    case
      when p.place = 'venue' or (p.place is null and g.mode = 'venue') then 'event_venue'
      when p.place = 'online' or (p.place is null and g.mode = 'online') then 'event_online'
      else 'other'
    end as family
  from placed as p
  left join gatherings as g on g.initiative = p.initiative
  where p.family is null
)

select person, family, min(happened_at) as began_at
from sorted
group by person, family
