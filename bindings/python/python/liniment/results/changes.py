"""What would change the advice: what-if, the ways to a verdict, the facts that suffice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .. import _show
from ..verdict import Verdict
from .document import Document, Part, Truth, read_verdict

if TYPE_CHECKING:
    from .explanation import Explanation


@dataclass(frozen=True, slots=True)
class FactChange(Part):
    """A fact that changes; ``None`` stands for unknown."""

    fact: str
    was: Any
    now: Any

    def __str__(self) -> str:
        def shown(value: Any) -> str:
            return "unknown" if value is None else json.dumps(value, ensure_ascii=False)

        return f"{self.fact}: {shown(self.was)} → {shown(self.now)}"


@dataclass(frozen=True, slots=True)
class TruthChange(Part):
    """A condition whose truth changes."""

    rule: str
    statement: str
    was: Truth
    now: Truth


@dataclass(frozen=True, slots=True)
class VerdictChange(Part):
    """A verdict that changes; ``None`` stands for none."""

    id: str
    was: Verdict | None
    now: Verdict | None
    because: tuple[TruthChange, ...]

    def __str__(self) -> str:
        return f"{self.id}: {self.was or 'nothing'} → {self.now or 'nothing'}"


class WhatIf(Document):
    """What some changes of facts would do to the advice; a sequence of changed verdicts."""

    __slots__ = ()

    @property
    def lang(self) -> str:
        """The language of the texts."""
        lang: str = self._read()["lang"]
        return lang

    @property
    def changes(self) -> tuple[FactChange, ...]:
        """The facts that change."""
        return FactChange._all(self._read()["changes"])

    @property
    def verdicts(self) -> tuple[VerdictChange, ...]:
        """The verdicts that change, appear or vanish, by advice id."""
        return VerdictChange._all(self._read()["verdicts"])

    def __len__(self) -> int:
        return len(self._read()["verdicts"])

    def __iter__(self) -> Iterator[VerdictChange]:
        return iter(self.verdicts)

    def __getitem__(self, key: int | str) -> VerdictChange:
        if isinstance(key, int):
            return self.verdicts[key]
        for change in self.verdicts:
            if change.id == key:
                return change
        raise KeyError(key)

    def _repr_html_(self) -> str:
        rows = [
            (
                change.id,
                change.was or "nothing",
                change.now or "nothing",
                "; ".join(f"{why.statement}: {why.was} → {why.now}" for why in change.because),
            )
            for change in self.verdicts
        ]
        title = "; ".join(str(change) for change in self.changes) or "nothing changes"
        return _show.table(title, ("advice", "now", "then", "because"), rows)

    def __str__(self) -> str:
        facts = "; ".join(str(change) for change in self.changes) or "nothing changes"
        verdicts = "".join(f"\n  {change}" for change in self.verdicts) or "\n  the advice stays"
        return facts + verdicts

    def __repr__(self) -> str:
        return f"<WhatIf {len(self.changes)} facts change, {len(self)} verdicts>"


@dataclass(frozen=True, slots=True)
class Way(Part):
    """One way to a verdict: the facts that change."""

    changes: tuple[FactChange, ...]

    def __str__(self) -> str:
        return "; ".join(str(change) for change in self.changes)


class Ways(Document):
    """The smallest changes of facts that would give a verdict; a sequence of ways, the smallest first."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The advice id."""
        name: str = self._read()["id"]
        return name

    @property
    def wanted(self) -> Verdict:
        """The verdict wanted."""
        return Verdict(self._read()["wanted"])

    @property
    def now(self) -> Verdict | None:
        """The verdict now."""
        return read_verdict(self._read()["now"])

    @property
    def answer(self) -> Literal["given_already", "found", "impossible", "undecided"]:
        """What the search found."""
        answer: Literal["given_already", "found", "impossible", "undecided"] = self._read()["answer"]
        return answer

    @property
    def exact(self) -> bool:
        """Whether it is proved: the ways are the smallest, or there is none."""
        exact: bool = self._read()["exact"]
        return exact

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways. Each was tried."""
        return Way._all(self._read()["ways"])

    def __len__(self) -> int:
        return len(self._read()["ways"])

    def __iter__(self) -> Iterator[Way]:
        return iter(self.ways)

    def __getitem__(self, key: int) -> Way:
        return self.ways[key]

    def _repr_html_(self) -> str:
        title = f"{self.id}: {self.now or 'nothing'} → {self.wanted} ({self.answer.replace('_', ' ')})"
        return _show.table(title, ("change",), [(way,) for way in self.ways])

    def __str__(self) -> str:
        head = f"{self.id}: {self.now or 'nothing'} → {self.wanted}"
        if self.answer == "found":
            return head + "".join(f"\n  {way}" for way in self.ways)
        return f"{head}: {self.answer.replace('_', ' ')}"

    def __repr__(self) -> str:
        return f"<Ways to {self.wanted} {self.id}: {self.answer.replace('_', ' ')}, {len(self)} ways>"


class Suffices(Document):
    """The facts of a case that already suffice for a verdict."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The advice id."""
        name: str = self._read()["id"]
        return name

    @property
    def verdict(self) -> Verdict | None:
        """Its verdict."""
        return read_verdict(self._read()["verdict"])

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts; everything else could be unknown."""
        return tuple(self._read()["facts"])

    @property
    def smallest(self) -> bool:
        """Whether no smaller set suffices; otherwise none of these can be left out."""
        smallest: bool = self._read()["smallest"]
        return smallest

    def __len__(self) -> int:
        return len(self.facts)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __repr__(self) -> str:
        return f"<Suffices {self.id}: {self.verdict or 'nothing'} by {', '.join(self.facts) or 'no fact'}>"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an advice id does not have a verdict, and what would give it."""

    explanation: Explanation
    ways: Ways

    def _repr_html_(self) -> str:
        return self.explanation._repr_html_()

    def __str__(self) -> str:
        return f"{self.explanation}\n{self.ways}"
