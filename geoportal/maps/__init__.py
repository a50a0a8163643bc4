"""Map shells made with Folium: the map and what it shall load. The features themselves are never in them."""
