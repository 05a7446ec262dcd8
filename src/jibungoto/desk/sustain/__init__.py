"""What lasts: the team and its cover, stakeholders, and the alerts on both."""
