"""One reader per source; none knows another."""
