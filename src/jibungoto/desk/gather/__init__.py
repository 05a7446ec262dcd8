"""What a person can do with exports: bring in, watch, undo."""
