"""The nouns every room shares; imports nothing of ours."""
