"""Writes a brief from facts, and carries what people wrote from one draft into the next."""
