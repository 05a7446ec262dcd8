"""What stands in a file: tables, sheets, lists in JSON."""
