-- Posts: topics that members opened under a tag, once for each tag (7.5).
-- reads: acts, tags
select a.source, a.key, a.person, a.happened_at, t.tag
from acts as a
join tags as t on t.source = a.source and t.key = a.key
where a.kind = 'topic' and a.capacity = 'member' and not a.output
