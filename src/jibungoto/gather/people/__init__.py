"""Whom an export names, and who of them may be one person."""
