"""Questions to a collection: which features, in which order, from where to where."""
