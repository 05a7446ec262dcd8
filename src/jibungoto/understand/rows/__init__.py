"""The rows behind each measure, one query each, named for the measure."""
