"""CQL2 filters (OGC 21-065r2), in text and JSON, as Boolean masks over a table of columns."""

from geoportal.query.cql2.evaluate import evaluate
from geoportal.query.cql2.kinds import check
from geoportal.query.cql2.limits import Limits
from geoportal.query.cql2.operators import FUNCTIONS
from geoportal.query.cql2.parse import LANGUAGES, parse_filter
from geoportal.query.cql2.tree import Filter

__all__ = ["FUNCTIONS", "LANGUAGES", "Filter", "Limits", "check", "evaluate", "parse_filter"]
