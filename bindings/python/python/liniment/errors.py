"""What can go wrong. Every exception of the package derives from ``LinimentError``."""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from .results import Diagnostics

__all__ = ["CaseError", "LinimentError", "PackError", "UnknownNameError"]


class LinimentError(Exception):
    """The root of the package's exceptions."""

    message: str
    """What is wrong, on one line."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class NamedError(LinimentError):
    """An error with a code that names what was found, and what comes nearest."""

    code: str
    """The code of the error: ``C0101``."""
    place: str | None
    """Where: a fact, or a path inside it such as ``time_since_release.from``, or a place in a text."""
    found: str | None
    """What was found there."""
    allowed: tuple[str, ...]
    """What may stand there, as far as it can be listed."""
    nearest: str | None
    """The name that comes nearest to what was written."""

    def __init__(
        self,
        message: str,
        code: str = "",
        place: str | None = None,
        found: str | None = None,
        allowed: tuple[str, ...] | list[str] = (),
        nearest: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.place = place
        self.found = found
        self.allowed = tuple(allowed)
        self.nearest = nearest

    def to_json(self) -> str:
        """The error as the library writes errors everywhere."""
        import json

        parts = {
            "code": self.code,
            "place": self.place,
            "found": self.found,
            "allowed": list(self.allowed),
            "nearest": self.nearest,
            "message": self.message,
        }
        return json.dumps({"format": 1, "error": parts}, ensure_ascii=False, separators=(",", ":"))

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.message, self.code, self.place, self.found, self.allowed, self.nearest)
        return (type(self), parts)


class CaseError(NamedError, ValueError):
    """A case that cannot be: an unknown fact, a value of the wrong type or outside its range.

    Examples:
        >>> import liniment
        >>> kb = liniment.load("calf-cramps")
        >>> try:
        ...     kb.advise(cramp_stat="active")
        ... except liniment.CaseError as error:
        ...     print(error)
        ...     print(error.fact, error.nearest)
        unknown fact `cramp_stat`; did you mean `cramp_state`?
        cramp_stat cramp_state
    """

    @property
    def fact(self) -> str | None:
        """The fact that is at fault."""
        place = self.place
        if place is None or place.startswith(("line ", "byte ")):
            return None
        return place.partition(".")[0].partition("[")[0]

    @property
    def value(self) -> str | None:
        """What was stated of it, as text."""
        return self.found


class UnknownNameError(NamedError, LookupError):
    """A name that is not there: an advice id, a language, a pack."""


class PackError(LinimentError, ValueError):
    """Packs that cannot be used. Its text shows everything that is wrong, with excerpts of the packs."""

    rendering: str
    """Every diagnostic with an excerpt of the text; empty where bytes are no knowledge base."""

    def __init__(self, message: str, diagnostics_json: str, rendering: str) -> None:
        super().__init__(message)
        self.rendering = rendering
        self._json = diagnostics_json

    @property
    def diagnostics(self) -> Diagnostics:
        """Everything that was found, warnings too."""
        from .results import Diagnostics

        return Diagnostics(self._json, self.rendering)

    @property
    def file(self) -> str | None:
        """The file of the first error."""
        errors = self.diagnostics.errors
        return errors[0].file if errors else None

    @property
    def line(self) -> int | None:
        """The line of the first error, from 1."""
        errors = self.diagnostics.errors
        return errors[0].line if errors else None

    @property
    def column(self) -> int | None:
        """The column of the first error, from 1."""
        errors = self.diagnostics.errors
        return errors[0].column if errors else None

    def __str__(self) -> str:
        return f"{self.message}\n\n{self.rendering}" if self.rendering else self.message

    def _repr_html_(self) -> str:
        return self.diagnostics._repr_html_()

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message, self._json, self.rendering))
