"""Questions put to the log: named SQL steps and the plain rules they agree with."""
