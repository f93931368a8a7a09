"""Plans: the advice as time passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, overload

from .. import _show
from ..verdict import Verdict
from .advice import OpensAt
from .document import Document, Part, read_length, read_time

if TYPE_CHECKING:
    from .._core import Case


@dataclass(frozen=True, slots=True)
class Expiry(Part):
    """An answer that expires."""

    fact: str
    at: timedelta


@dataclass(frozen=True, slots=True)
class PlannedChange(Part):
    """A verdict that changes where an interval begins; ``None`` stands for none."""

    id: str
    was: Verdict | None
    now: Verdict | None
    text: str


@dataclass(frozen=True, slots=True)
class PlannedItem(Part):
    """One advice of an interval."""

    id: str
    verdict: Verdict
    phase: str | None
    nearly: bool
    text: str


@dataclass(frozen=True, slots=True)
class Interval(Part):
    """A stretch of time in which nothing changes; ``to`` is none for the last."""

    from_: timedelta
    to: timedelta | None
    reached: tuple[OpensAt, ...]
    changes: tuple[PlannedChange, ...]
    advice: tuple[PlannedItem, ...]

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Advice id to verdict, in order."""
        return {item.id: item.verdict for item in self.advice}


@dataclass(frozen=True, slots=True)
class Step(Part):
    """A step of a staged plan."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class StagePlan(Part):
    """A staged plan in time: when its present step opens, and what the next one waits for."""

    id: str
    from_: timedelta | None
    step: str | None
    waits_for: str
    steps: tuple[Step, ...]


class Plan(Document):
    """The advice as time passes; a sequence of intervals in which nothing changes."""

    __slots__ = ("_case", "_intervals")
    _case: Case
    _intervals: tuple[Interval, ...] | None

    def __init__(self, text: str, case: Case) -> None:
        super().__init__(text)
        object.__setattr__(self, "_case", case)
        object.__setattr__(self, "_intervals", None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json, self._case))

    @property
    def case(self) -> Case:
        """The case that it starts from."""
        return self._case

    @property
    def lang(self) -> str:
        """The language of the texts."""
        lang: str = self._read()["lang"]
        return lang

    @property
    def relative_to(self) -> str | None:
        """The clock that the times are counted on when it is unknown; otherwise they are counted from now."""
        fact: str | None = self._read()["relative_to"]
        return fact

    @property
    def horizon(self) -> timedelta:
        """How far it looks."""
        return read_length(self._read()["horizon"])

    @property
    def next_change(self) -> timedelta | None:
        """The time until anything changes, if it does before the horizon."""
        return read_time(self._read()["next_change"])

    @property
    def moving(self) -> tuple[str, ...]:
        """The clocks that move."""
        return tuple(self._read()["moving"])

    @property
    def held(self) -> tuple[str, ...]:
        """The stated facts that are taken to stay as they are."""
        return tuple(self._read()["held"])

    @property
    def expiring(self) -> tuple[Expiry, ...]:
        """The stated facts whose answer expires, and when."""
        return Expiry._all(self._read()["expiring"])

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The intervals, from now to the horizon."""
        intervals = self._intervals
        if intervals is None:
            intervals = Interval._all(self._read()["intervals"])
            object.__setattr__(self, "_intervals", intervals)
        return intervals

    @property
    def stages(self) -> tuple[StagePlan, ...]:
        """The staged plans."""
        return StagePlan._all(self._read()["stages"])

    def at(self, time: timedelta | str) -> Interval:
        """The interval that a moment of the plan falls into."""
        moment = read_length(time) if isinstance(time, str) else time
        found = [interval for interval in self.intervals if interval.from_ <= moment]
        if not found or moment > self.horizon:
            raise ValueError(f"the plan goes from now to {self.horizon}, not to {time}")
        return found[-1]

    def __len__(self) -> int:
        return len(self.intervals)

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals)

    @overload
    def __getitem__(self, key: int) -> Interval: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Interval, ...]: ...
    def __getitem__(self, key: int | slice) -> Interval | tuple[Interval, ...]:
        return self.intervals[key]

    def to_svg(self) -> str:
        """The plan as a picture: a time line in light and dark."""
        horizon = round(self.horizon / timedelta(microseconds=1))
        return self._case.kb.plan_svg(self._case, horizon)

    def _repr_html_(self) -> str:
        return _show.picture(self.to_svg())

    def _repr_markdown_(self) -> str:
        lines = []
        for interval in self.intervals:
            lines.append(f"**{interval.from_}**\n")
            shown = interval.changes if lines[1:] else interval.advice
            for entry in shown:
                verdict = entry.verdict if isinstance(entry, PlannedItem) else entry.now or "ends"
                lines.append(f"- {verdict}: {_show.plain(entry.text)}")
            lines.append("")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Plan {len(self)} intervals up to {self.horizon}>"
