"""A brief as a value: figures, checks, its frozen package, the letter that goes with it."""
