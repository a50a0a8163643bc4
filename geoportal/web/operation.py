"""Operations: one declaration validates a request and describes it in the API document, so that they can't drift."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from geoportal.web.params import Parameter, read_declared

Parameters = Iterable[Parameter] | Callable[..., Iterable[Parameter]]
Answers = Mapping[str, str | None] | Callable[..., Mapping[str, str | None]]


@dataclass(frozen=True)
class Operation:
    """What a view answers. ``answers``: media type -> name of a schema in the API document, or None for a file.

    ``answers`` and ``parameters`` may be functions of the path's parts, where they depend on the collection.
    ``name`` is the ``operationId`` where a standard prescribes it, ``statuses`` what else than 200 is no error.
    ``body``: the fields of the form that is sent; the view reads and checks them.
    """

    summary: str
    tag: str
    answers: Answers
    parameters: Parameters
    name: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    body: tuple[Parameter, ...] = ()

    def answered(self, **path: str) -> dict[str, str | None]:
        """The answers for these parts of the path."""
        return dict(self.answers(**path) if callable(self.answers) else self.answers)

    def declared(self, **path: str) -> list[Parameter]:
        """The parameters for these parts of the path."""
        return list(self.parameters(**path) if callable(self.parameters) else self.parameters)


def operation(summary: str, tag: str, answers: Answers, parameters: Parameters = (), **more: Any) -> Callable[..., Any]:
    """Makes a view an operation: it is called with ``given``, the checked values of its declared parameters.

    ``more``: the further fields of ``Operation``.
    """
    declared = Operation(summary, tag, answers, parameters, **more)

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answer(**path: str) -> Any:
            return view(**path, given=read_declared(declared.declared(**path)))

        answer.operation = declared  # type: ignore[attr-defined]
        return answer

    return decorate
