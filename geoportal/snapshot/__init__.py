"""The snapshot: what a build writes and the service reads. Immutable, named by its content, swapped by one pointer."""
