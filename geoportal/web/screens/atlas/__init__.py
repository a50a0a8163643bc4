"""What the atlas shows."""
