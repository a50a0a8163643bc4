"""The open-data catalogue: what is published, described for the national catalogue, for Europe, for hubs and search."""
