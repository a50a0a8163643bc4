// Where the middle of an area is.

/** Longitude, latitude and area (square degrees) of the largest polygon of a geometry; of a point the point itself. */
export function middle(geometry) {
  if (geometry.type === "Point") return { lon: geometry.coordinates[0], lat: geometry.coordinates[1], area: 0 };
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map(([outer]) => centroid(outer)).reduce((one, other) => (other.area > one.area ? other : one));
}

function centroid(ring) {
  const [x0, y0] = ring[0];
  let [area, lon, lat] = [0, 0, 0];
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1, x2, y2] = [ring[i - 1][0] - x0, ring[i - 1][1] - y0, ring[i][0] - x0, ring[i][1] - y0];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    lon += cross * (x1 + x2);
    lat += cross * (y1 + y2);
  }
  return { area: Math.abs(area), lon: x0 + lon / (3 * area || 1), lat: y0 + lat / (3 * area || 1) };
}
