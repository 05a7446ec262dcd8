"""Whether accounts that joined did better, how sure that is, and what it would be in money."""
