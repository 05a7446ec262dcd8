"""Abilities, cover, alerts and succession."""
