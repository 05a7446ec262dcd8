"""Somebody's export becomes activities; knows no database."""
