"""What a person can do: one function per verb, with permission, transaction and audit line."""
