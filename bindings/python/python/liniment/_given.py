"""What callers give besides cases, looked at before it goes anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .errors import CaseError

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

__all__ = ["mapping", "names", "whole"]


def whole(name: str, value: Any) -> int:
    """A whole number that is not below zero."""
    try:
        number = None if isinstance(value, bool) else value.__index__()
    except AttributeError:
        number = None
    if number is None or not 0 <= number < 2**63:
        raise _wrong(name, "a whole number from 0", value)
    return int(number)


def names(name: str, value: Iterable[str], of: str) -> tuple[str, ...]:
    """Several names; one text alone would be read letter by letter."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _wrong(name, f"a list of {of}", value)
    found = tuple(value)
    if not all(isinstance(entry, str) for entry in found):
        raise _wrong(name, f"a list of {of}", value)
    return found


def mapping(name: str, value: Mapping[str, str] | None, what: str) -> dict[str, str]:
    """Names to names."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(
        isinstance(text, str) for entry in value.items() for text in entry
    ):
        raise _wrong(name, f"a mapping from {what}", value)
    return dict(value)


def _wrong(name: str, what: str, value: Any) -> CaseError:
    shown = " ".join(repr(value).split())
    shown = shown if len(shown) <= 100 else shown[:99] + "…"
    return CaseError(f"{name} is {what}, found {shown}", "C0010", None, shown)
