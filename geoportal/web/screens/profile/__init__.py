"""What the page of a unit shows."""
