"""What a person can do about people: mark, meet, look up."""
