"""How numbers become colours, circles and words: classes, palettes, legends, number formats. No Folium, no Flask."""
