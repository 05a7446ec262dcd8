"""Background tasks: one desk call each."""
