"""Messages from the public: read from a form, kept in SQLite, answered and deleted from the command line."""
