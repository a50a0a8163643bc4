"""What a picture of a map shows."""
