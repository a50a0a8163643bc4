"""How much of a table is taken; what is beyond is refused with the place where it begins."""

from __future__ import annotations

BYTES = 5 * 1024 * 1024
ROWS = 10_000
COLUMNS = 200
CELLS = 500_000
LONGEST_CELL = 1_000  # characters
LONGEST_TITLE = 120  # characters
HEADER_ROWS = 10  # rows above the first unit
CORRECTIONS = 500
LISTED = 100  # entries of each list of the report
UNZIPPED_BYTES = 30 * 1024 * 1024
UNZIPPED_PARTS = 500
RATIO = 200  # unzipped to zipped, which no spreadsheet of real values reaches
LINK = 6_000  # characters of a link that carries a table; mail programs break longer ones
