"""What a knowledge base consists of: packs, facts, phases and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from .document import Part


@dataclass(frozen=True, slots=True)
class PackInfo(Part):
    """A pack of a knowledge base."""

    id: str
    version: str
    title: str
    notice: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionInfo(Part):
    """An option of a fact, and words for it."""

    id: str
    label: str


FactKind = Literal["yes_no", "choice", "scale", "several", "integer", "number", "duration", "clock"]


@dataclass(frozen=True, slots=True)
class FactInfo(Part):
    """A fact that a case can state."""

    id: str
    kind: FactKind
    ask: str
    options: tuple[OptionInfo, ...]
    unit: str | None
    from_: float | timedelta | None
    to: float | timedelta | None
    fixed: bool
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseInfo(Part):
    """A phase, in the order in which advice is given."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceInfo(Part):
    """A source that rules cite."""

    id: str
    title: str
    address: str | None
    reviewed: str
    note: str | None
