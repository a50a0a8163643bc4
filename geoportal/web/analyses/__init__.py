"""Analyses of indicators and of access to services."""
