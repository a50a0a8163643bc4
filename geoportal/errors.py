"""The one tree of exceptions. Each names the thing, the offence and the alternatives, and carries its HTTP status."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class GeoportalError(Exception):
    """Anything the service refuses to do; ``str(error)`` is a sentence for people."""

    status = 500
    code = "ServerError"


class Problems(GeoportalError):
    """Everything that is wrong with cards or sources, found in one run.

    ``problems`` are sentences of the form ``file: key: offence; alternatives``.
    """

    code = "InvalidInput"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(self.problems))


class SourceRefused(GeoportalError):
    """An upstream file can't be used as its card says."""

    code = "SourceRefused"


class HoursRefused(SourceRefused):
    """Opening hours can't be understood without guessing."""

    code = "HoursRefused"


class FetchFailed(GeoportalError):
    """An upstream file could not be downloaded."""

    code = "FetchFailed"


class NoSnapshot(GeoportalError):
    """Nothing has been built yet."""

    status = 503
    code = "NoSnapshot"


class CannotListen(GeoportalError):
    """The address to serve at is taken, or is none of this machine's."""

    code = "CannotListen"


class FontsMissing(GeoportalError):
    """Pictures can't be drawn: the type they are set in is not installed."""

    status = 503
    code = "FontsMissing"


class InvalidParameter(GeoportalError):
    """A request parameter is unknown, repeated, or has a value that is not allowed."""

    status = 400
    code = "InvalidParameterValue"


class NotOffered(GeoportalError):
    """A form of answer that a standard allows and this service does not make."""

    status = 501
    code = "NotImplemented"


class StoreUnavailable(GeoportalError):
    """What people write can't be kept now: the disk is full, or the folder may not be written to."""

    status = 503
    code = "StoreUnavailable"


class TooManyMessages(GeoportalError):
    """More messages came in an hour than are taken."""

    status = 429
    code = "TooManyRequests"


class Worded(GeoportalError):
    """A refusal that pages say in their reader's language: ``key`` names the text, ``values`` are filled in."""

    status = 400
    thing = "request"

    def __init__(self, key: str, **values: str | int) -> None:
        self.key = key
        self.values = values
        shown = ", ".join(f"{name} {value!r}" for name, value in values.items())
        super().__init__(f"the {self.thing} is refused: {key}" + (f" ({shown})" if shown else ""))


class TableRefused(Worded):
    """A table that somebody sent can't be used; the texts are under ``join.refused``."""

    code = "InvalidTable"
    thing = "table"


class TableTooLarge(TableRefused):
    """A table that somebody sent has more than is taken."""

    status = 413
    code = "ContentTooLarge"


class AnalysisRefused(Worded):
    """An analysis would say nothing or mislead; the texts are under ``analysis.refused``."""

    code = "InvalidParameterValue"
    thing = "analysis"


class NotFound(GeoportalError):
    """The thing asked for does not exist."""

    status = 404
    code = "NotFound"


def alternatives(wrong: str, allowed: Iterable[str], most: int = 12) -> str:
    """A clause that tells what is allowed, the likeliest meant first: ``did you mean 'title'? allowed: …``."""
    names = sorted(allowed)
    near = get_close_matches(str(wrong), names, n=1, cutoff=0.6)
    shown = ", ".join(names[:most]) + (f" … ({len(names)} in all)" if len(names) > most else "")
    guess = f"did you mean '{near[0]}'? " if near else ""
    return f"{guess}allowed: {shown or 'none'}"
