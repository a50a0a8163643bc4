"""Text that XML can hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# XML 1.0, 2.2: no control characters but tab, line feed and carriage return; no surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(value: object) -> str:
    """``value`` as text without the characters that no XML document may contain."""
    return _FORBIDDEN.sub("", str(value))


def xml_text(value: object) -> str:
    """``value`` as the content of an element or of an attribute in double quotes."""
    return escape(clean_text(value), {'"': "&quot;"})
