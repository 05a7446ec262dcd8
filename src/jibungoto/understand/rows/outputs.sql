-- What members made in the 14 days after events, by how it belongs to the event, and the posts with its tag.
-- reads: ended, event_outputs, event_posts
with made as (
  select e.as_of, o.way, o.person, o.source, o.key
  from ended as e
  join event_outputs as o on o.as_of = e.as_of and o.initiative = e.initiative
  where e.is_settled
)

select as_of, '' as part, person, source, key from made
union all
select as_of, way as part, person, source, key from made
union all
select as_of, 'feed' as part, person, source, key from made where source = 'feed'
union all
select e.as_of, 'posts' as part, o.person, o.source, o.key
from ended as e
join event_posts as o on o.as_of = e.as_of and o.initiative = e.initiative
where e.is_settled
