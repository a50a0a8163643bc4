"""What a monitoring system asks: how many requests of what kind, how long, and how old the data are."""
