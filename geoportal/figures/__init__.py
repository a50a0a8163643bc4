"""Pictures made on the server: one drawing of an indicator's map, written as SVG, PNG or PDF. No Flask, no clock."""
