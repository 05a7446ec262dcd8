"""A plan as one page for people who were not there when it was made."""
