"""The decisions of programmes: events, series, contests, circulation."""
