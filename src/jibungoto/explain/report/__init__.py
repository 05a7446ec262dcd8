"""The one-page report, and the parts of it that briefs are made of too."""
