"""Explanations: the proof of a verdict, down to facts, values, sources and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..verdict import Verdict
from .document import Document, Part, Truth, read_verdict

if TYPE_CHECKING:
    from .._core import Case


@dataclass(frozen=True, slots=True)
class Place(Part):
    """A place in a pack: file, and line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class SourceCitation(Part):
    """A citation with its source."""

    source: str
    kind: str
    title: str
    address: str | None
    at: str
    claims: tuple[str, ...]
    says: str | None


@dataclass(frozen=True, slots=True)
class Proof(Part):
    """One condition, and what it rests on."""

    role: str | None
    statement: str
    truth: Truth
    met: bool
    fact: str | None
    ask: str | None
    value: Any
    misses_by: Any
    place: Place
    inferred: bool
    cites: tuple[SourceCitation, ...]
    parts: tuple[Proof, ...]

    def walk(self) -> Iterator[Proof]:
        """It and everything that it rests on, from the outside in."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class RuleProof(Part):
    """How one rule comes to what it says."""

    rule: str
    pack: str
    kind: str
    says: Verdict | None
    gives_way_to: tuple[str, ...]
    text: str
    because: tuple[str, ...]
    eases: tuple[str, ...]
    than: tuple[str, ...]
    variant: str | None
    parts: tuple[Proof, ...]
    place: Place
    inferred: bool
    evidence: str | None
    strength: str | None
    cites: tuple[SourceCitation, ...]
    dissent: tuple[SourceCitation, ...]


class Explanation(Document):
    """The proof of what is said of one advice id or cause, or of why nothing is; a sequence of rules."""

    __slots__ = ("_case", "_rules")
    _case: Case
    _rules: tuple[RuleProof, ...] | None

    def __init__(self, text: str, case: Case) -> None:
        super().__init__(text)
        object.__setattr__(self, "_case", case)
        object.__setattr__(self, "_rules", None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json, self._case))

    @property
    def case(self) -> Case:
        """The case that it is about."""
        return self._case

    @property
    def id(self) -> str:
        """The advice id or cause."""
        name: str = self._read()["id"]
        return name

    @property
    def kind(self) -> Literal["advice", "cause"]:
        """What is explained."""
        kind: Literal["advice", "cause"] = self._read()["kind"]
        return kind

    @property
    def lang(self) -> str:
        """The language of the texts."""
        lang: str = self._read()["lang"]
        return lang

    @property
    def verdict(self) -> Verdict | None:
        """The verdict given; none for a cause, or when nothing is said."""
        return read_verdict(self._read()["verdict"])

    @property
    def listed(self) -> bool:
        """Whether a verdict is given, or the cause named."""
        listed: bool = self._read()["listed"]
        return listed

    @property
    def suppressed_by(self) -> str | None:
        """What silences it, if anything does."""
        by: str | None = self._read()["suppressed_by"]
        return by

    @property
    def rules(self) -> tuple[RuleProof, ...]:
        """Every rule that speaks of it, best ranked first."""
        rules = self._rules
        if rules is None:
            rules = RuleProof._all(self._read()["rules"])
            object.__setattr__(self, "_rules", rules)
        return rules

    @property
    def against(self) -> tuple[RuleProof, ...]:
        """What stands against it now, each with its own proof: rules that silence it or that its own give way
        to, and scopes that close it or may."""
        return RuleProof._all(self._read()["against"])

    def __len__(self) -> int:
        return len(self.rules)

    def __iter__(self) -> Iterator[RuleProof]:
        return iter(self.rules)

    def __getitem__(self, key: int | str) -> RuleProof:
        if isinstance(key, int):
            return self.rules[key]
        for rule in self.rules:
            if rule.rule == key:
                return rule
        raise KeyError(key)

    def to_text(self) -> str:
        """The proof as text, a line a condition: ``+`` holds, ``-`` does not, ``?`` is unknown, ``←`` is in the way."""
        return self._case.kb.explain_text(self._case, self.id)

    def to_html(self) -> str:
        """The proof as a page of its own: it unfolds condition by condition."""
        return self._case.kb.explanation_page(self._case, self.id, "html")

    def to_markdown(self) -> str:
        """The same as Markdown."""
        return self._case.kb.explanation_page(self._case, self.id, "markdown")

    def _repr_html_(self) -> str:
        return self._case.kb.explanation_page(self._case, self.id, "fragment")

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        said = self.verdict or ("named" if self.listed else "not given")
        return f"<Explanation {self.id}: {said}>"
