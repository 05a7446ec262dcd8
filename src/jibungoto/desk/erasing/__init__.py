"""What a person may ask of what is kept about them: to see it, and to have it erased."""
