"""Analyses of indicators and services: change, neighbours, local outliers, access to services, sums in an area."""
