"""Official files come in: fetched, read, and repaired or refused. Every repair is a counted note."""
