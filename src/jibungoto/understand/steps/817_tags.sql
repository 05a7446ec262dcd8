-- Tags: what a source says to bear which tag, by its record and its key (7.5).
-- reads: activity
select distinct source, record, thread as key, place as tag
from activity
where kind = 'tag' and thread is not null and place is not null
