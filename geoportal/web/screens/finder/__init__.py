"""What the finder and its lists show."""
