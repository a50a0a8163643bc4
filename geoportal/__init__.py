"""Map service of a region's data portal: official sources in, checked layers and map pages out."""

__version__ = "0.1.0"
