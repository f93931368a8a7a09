"""What a case may state besides plain values: ranges, reports, declined answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from ._given import names
from .errors import CaseError

__all__ = [
    "DECLINED",
    "NEVER",
    "Declined",
    "Options",
    "Range",
    "Reports",
    "at_least",
    "at_most",
    "between",
    "options",
    "reports",
]

NEVER: Final = "never"
"""A clock that never started: past every limit."""


@dataclass(frozen=True, slots=True)
class Range:
    """A value known to lie between two others, both included."""

    from_: Any
    to: Any

    def __liniment__(self) -> dict[str, Any]:
        ends = {"from": self.from_, "to": self.to}
        return {name: end for name, end in ends.items() if end is not None}


@dataclass(frozen=True, slots=True)
class Reports:
    """What several sources say of one fact; where they differ, it stays unknown among them."""

    entries: tuple[tuple[Any, str], ...]

    def __liniment__(self) -> dict[str, Any]:
        return {"reports": [{"value": value, "source": source} for value, source in self.entries]}


@dataclass(frozen=True, slots=True)
class Options:
    """What is known in part of a fact that takes several options."""

    includes: tuple[str, ...]
    excludes: tuple[str, ...]

    def __liniment__(self) -> dict[str, Any]:
        return {"includes": list(self.includes), "excludes": list(self.excludes)}


@dataclass(frozen=True, slots=True)
class Declined:
    """An answer that was declined; ``DECLINED`` is one."""

    def __liniment__(self) -> dict[str, Any]:
        return {"declined": True}


DECLINED: Final = Declined()
"""An answer that was declined: unknown, and not asked again."""


def between(from_: Any, to: Any) -> Range:
    """A value somewhere from here to there, both included.

    Examples:
        >>> import liniment
        >>> kb = liniment.load("calf-cramps")
        >>> kb.case(time_since_release=liniment.between("1d", "3d"))
        <Case {"time_since_release":{"from":"PT24H","to":"PT72H"}}>
    """
    return Range(from_, to)


def at_least(value: Any) -> Range:
    """A value that is this or more."""
    return Range(value, None)


def at_most(value: Any) -> Range:
    """A value that is this or less."""
    return Range(None, value)


def reports(entries: Mapping[str, Any] | Iterable[tuple[Any, str]]) -> Reports:
    """What several sources say: source to value, or pairs of value and source.

    Examples:
        >>> import liniment
        >>> liniment.reports({"runner": "during_exercise", "watch log": "at_night"}).entries
        (('during_exercise', 'runner'), ('at_night', 'watch log'))
    """
    if isinstance(entries, Mapping):
        named = cast("Mapping[str, Any]", entries)
        return Reports(tuple((value, source) for source, value in named.items()))
    pairs = () if isinstance(entries, str) else tuple(entries)
    if not pairs or not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
        raise CaseError(
            f"reports go from source to value, or are pairs of value and source, found {entries!r}", "C0010"
        )
    return Reports(tuple((value, source) for value, source in pairs))


def options(*, includes: Iterable[str] = (), excludes: Iterable[str] = ()) -> Options:
    """What is known in part of a fact that takes several options; nothing is said of the others."""
    return Options(names("includes=", includes, "options"), names("excludes=", excludes, "options"))
