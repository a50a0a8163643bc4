"""Services that people look for: what each source says of them, and which statements are about the same place."""
