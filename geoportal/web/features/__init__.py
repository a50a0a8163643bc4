"""Collections and their features: OGC API - Features, files, tables for people."""
