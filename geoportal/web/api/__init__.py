"""The API document and the page that explains it."""
