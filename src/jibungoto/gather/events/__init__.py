"""Who registered for an event, who came, and for how long."""
