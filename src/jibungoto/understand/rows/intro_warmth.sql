-- Introductions of the window.
-- reads: sample_intro_warmth
select as_of, part, person, source, key
from sample_intro_warmth
