"""The territory: levels, codes, parents; spatial joins to it; indicators and how they add up."""
