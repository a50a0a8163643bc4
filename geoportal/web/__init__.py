"""HTTP: one blueprint per job; a module with ``blueprint`` is served."""
