"""What a person can do to explain: reports."""
