"""A generator of one fictional community as real export files; imports nothing of ours."""
