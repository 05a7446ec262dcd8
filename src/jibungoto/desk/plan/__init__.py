"""Plans: written, checked, agreed, put in force, looked at again and ended."""
