"""A user's own table: reading it, recognising what is in it, joining it to territorial units. Nothing of it is kept."""
