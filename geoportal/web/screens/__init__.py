"""What each page shows, worked out without Flask: one module per page, plain values for its template."""
