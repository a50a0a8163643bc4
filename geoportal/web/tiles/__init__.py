"""Tiles, tilesets and the styles that draw them."""
