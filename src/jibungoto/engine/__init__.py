"""Where the log lives and where SQL runs."""
