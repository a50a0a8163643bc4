"""Where the nearest help is."""
