"""HTTP: one blueprint per job."""
