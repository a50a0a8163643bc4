"""Opening hours: read from what sources write, asked at a moment, written as open standards want them."""
