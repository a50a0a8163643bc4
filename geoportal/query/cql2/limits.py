"""What a filter may cost, and the sentence in which one is refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from geoportal.errors import InvalidParameter


@dataclass(frozen=True)
class Limits:
    """How large a filter may be; ``depth`` stays far under Python's own limit of recursion."""

    characters: int = 10_000
    depth: int = 50
    vertices: int = 2_000
    entries: int = 1_000
    wildcards: int = 20


@dataclass(frozen=True)
class Deadline:
    """A moment of ``time.monotonic`` after which an evaluation is given up; ``seconds`` is told to the client."""

    at: float
    seconds: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline that many seconds from now."""
        return cls(time.monotonic() + seconds, seconds)

    def check(self) -> None:
        """Raises ``InvalidParameter`` once the time is over."""
        if time.monotonic() > self.at:
            raise InvalidParameter(
                f"filter takes longer than {self.seconds:g} s to evaluate; ask for something simpler"
            )


def refusal(at: str, reason: str) -> InvalidParameter:
    """The error that says where in the filter (``character 7``, ``$.args[1]``) and why it is refused."""
    return InvalidParameter(f"filter, {at}: {reason}")
