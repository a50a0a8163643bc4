"""What the page of the interface shows."""
