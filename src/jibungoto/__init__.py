"""The open source back office for community managers."""
