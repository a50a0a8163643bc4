"""Indicators: values, the atlas, pictures, pages of units, a user's own table."""
