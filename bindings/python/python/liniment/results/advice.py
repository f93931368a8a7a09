"""Advice: verdicts in order, with causes, questions, conflicts, and what was silenced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, overload

from .. import _core
from ..verdict import Verdict
from .document import Document, Part

if TYPE_CHECKING:
    from .._core import Case
    from ..knowledge_base import KnowledgeBase
    from .changes import Suffices, WhyNot
    from .explanation import Explanation


@dataclass(frozen=True, slots=True)
class PackVersion(Part):
    """A pack and its version."""

    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Citation(Part):
    """A place in a source."""

    source: str
    at: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpensAt(Part):
    """The clock and the limit that open an advice."""

    fact: str
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Amount(Part):
    """A length of time, exact (``from_`` equals ``to``) or vague (it has words)."""

    words: str | None
    from_: timedelta
    to: timedelta

    def __str__(self) -> str:
        def shown(length: timedelta) -> str:
            return _core.duration_words(round(length / timedelta(microseconds=1)))

        if self.words is not None:
            return self.words
        return shown(self.from_) if self.from_ == self.to else f"{shown(self.from_)} to {shown(self.to)}"


@dataclass(frozen=True, slots=True)
class Dose(Part):
    """How long each time, how often, and for how long in all."""

    lasting: Amount | None
    every: Amount | None
    for_: Amount | None


@dataclass(frozen=True, slots=True)
class AdviceItem(Part):
    """What the knowledge base says of one advice id."""

    id: str
    verdict: Verdict
    phase: str | None
    text: str
    because: tuple[str, ...]
    opens_in: timedelta | None
    opens_at: OpensAt | None
    nearly: bool
    needs: tuple[str, ...]
    subject_to: tuple[str, ...]
    instead: tuple[str, ...]
    dose: Dose | None
    steps: tuple[str, ...]
    rules: tuple[str, ...]
    cites: tuple[Citation, ...]
    _advice: Advice = field(repr=False, compare=False)

    def why(self) -> Explanation:
        """The proof of the verdict, down to facts, values, sources and lines."""
        return self._advice.why(self.id)

    def suffices(self) -> Suffices:
        """The facts that already suffice for it."""
        return self._advice.kb.suffices(self.id, self._advice.case)


@dataclass(frozen=True, slots=True)
class Cause(Part):
    """Why it happens."""

    id: str
    standing: Literal["primary", "contributing"]
    certainty: str | None
    text: str
    acted_on_by: tuple[str, ...]
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Question(Part):
    """A question worth asking, with the advice ids that hang on it."""

    fact: str
    ask: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report(Part):
    """What one source reports."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class FactConflict(Part):
    """Reports of one fact that disagree; it counts as unknown among them."""

    fact: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class ConflictingVerdict(Part):
    """A verdict and the rules that give it."""

    verdict: Verdict
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceConflict(Part):
    """Verdicts that met on one advice id without precedence; the first stands."""

    advice: str
    verdicts: tuple[ConflictingVerdict, ...]


Conflict = FactConflict | AdviceConflict


def _conflict(data: dict[str, Any]) -> Conflict:
    if "fact" in data:
        return FactConflict._of(data)
    return AdviceConflict._of(data)


@dataclass(frozen=True, slots=True)
class Suppressed(Part):
    """Advice that another rule silences."""

    id: str
    verdict: Verdict
    by: str


class Advice(Document):
    """The advice for one case, in the order in which a reader should meet it.

    It is a sequence of ``AdviceItem``; an advice id is an index too.
    """

    __slots__ = ("_case", "_items")
    _case: Case
    _items: tuple[AdviceItem, ...] | None

    def __init__(self, text: str, case: Case) -> None:
        super().__init__(text)
        object.__setattr__(self, "_case", case)
        object.__setattr__(self, "_items", None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json, self._case))

    @property
    def items(self) -> tuple[AdviceItem, ...]:
        """The verdicts, in order."""
        items = self._items
        if items is None:
            items = tuple(AdviceItem._of(item, self) for item in self._read()["advice"])
            object.__setattr__(self, "_items", items)
        return items

    @property
    def case(self) -> Case:
        """The case that it was given for."""
        return self._case

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base that gave it."""
        return self._case.kb

    @property
    def ids(self) -> tuple[str, ...]:
        """The advice ids, in order."""
        return tuple(item.id for item in self.items)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Advice id to verdict, in order."""
        return {item.id: item.verdict for item in self.items}

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[AdviceItem]:
        return iter(self.items)

    def __reversed__(self) -> Iterator[AdviceItem]:
        return reversed(self.items)

    def __contains__(self, key: object) -> bool:
        return key in self.ids if isinstance(key, str) else key in self.items

    @overload
    def __getitem__(self, key: str | int) -> AdviceItem: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[AdviceItem, ...]: ...
    def __getitem__(self, key: str | int | slice) -> AdviceItem | tuple[AdviceItem, ...]:
        if not isinstance(key, str):
            return self.items[key]
        item = self.get(key)
        if item is None:
            # A name that is nowhere is told with the nearest; one that has no verdict now is a key error.
            self.kb.explain(key, self._case)
            raise KeyError(f"nothing is said of {key!r} in this case; why_not({key!r}) tells why")
        return item

    def get(self, id: str) -> AdviceItem | None:
        """What is said of one advice id, if anything."""
        return next((item for item in self.items if item.id == id), None)

    @property
    def lang(self) -> str:
        """The language of the texts."""
        lang: str = self._read()["lang"]
        return lang

    @property
    def packs(self) -> tuple[PackVersion, ...]:
        """The packs that it comes from."""
        return PackVersion._all(self._read()["packs"])

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why it happens: primary causes first."""
        return Cause._all(self._read()["causes"])

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to ask next, the most telling first."""
        return Question._all(self._read()["questions"])

    @property
    def questions_exact(self) -> bool:
        """Whether each question was proved to be able to change the advice."""
        exact: bool = self._read()["questions_exact"]
        return exact

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Reports that disagree, and verdicts that met without precedence."""
        return tuple(_conflict(conflict) for conflict in self._read()["conflicts"])

    @property
    def suppressed(self) -> tuple[Suppressed, ...]:
        """What was silenced, and by what."""
        return Suppressed._all(self._read()["suppressed"])

    def why(self, id: str) -> Explanation:
        """The proof of what is said of an advice id or cause, or of why nothing is."""
        return self.kb.explain(id, self._case)

    def why_not(self, id: str, wanted: Verdict | str = Verdict.RECOMMEND) -> WhyNot:
        """Why an advice id does not have a verdict, and the smallest change that would give it."""
        return self.kb.why_not(id, self._case, wanted=wanted)

    def to_html(self) -> str:
        """The advice as a page of its own: proofs to fold out, the plan as a picture, sources."""
        return self.kb.advice_page(self._case, "html")

    def to_markdown(self) -> str:
        """The same as Markdown."""
        return self.kb.advice_page(self._case, "markdown")

    def _repr_html_(self) -> str:
        return self.kb.advice_page(self._case, "fragment")

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __repr__(self) -> str:
        shown = ", ".join(f"{item.id}: {item.verdict}" for item in self.items[:8])
        more = f", and {len(self) - 8} more" if len(self) > 8 else ""
        return f"<Advice {shown}{more}>"
