"""Search by name: an index of words that the build writes and that workers map into memory."""
