"""What is found of packs: diagnostics, proofs, and the reports of their own tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, overload

from .. import _show
from ..verdict import Verdict
from .advice import PackVersion
from .document import Document, Part
from .explanation import Place


@dataclass(frozen=True, slots=True)
class Label(Part):
    """A place that a diagnostic points at."""

    file: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    start: int
    end: int
    text: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Diagnostic(Part):
    """Something that is wrong with a pack, where, and how to mend it."""

    code: str
    severity: Literal["error", "warning", "note"]
    title: str
    message: str
    labels: tuple[Label, ...]
    help: str | None
    nearest: str | None
    witness: str | None

    @property
    def file(self) -> str | None:
        """The file, if it is about a place."""
        return self.labels[0].file if self.labels else None

    @property
    def line(self) -> int | None:
        """The line, from 1."""
        return self.labels[0].start_line if self.labels else None

    @property
    def column(self) -> int | None:
        """The column, from 1."""
        return self.labels[0].start_column if self.labels else None

    def __str__(self) -> str:
        place = f" ({self.file}:{self.line}:{self.column})" if self.labels else ""
        return f"{self.severity} {self.code}: {self.message}{place}"


class Diagnostics(Document):
    """Everything that is wrong with packs; a sequence of diagnostics."""

    __slots__ = ("rendering",)
    rendering: str

    def __init__(self, text: str, rendering: str) -> None:
        super().__init__(text)
        object.__setattr__(self, "rendering", rendering)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json, self.rendering))

    def _all(self) -> tuple[Diagnostic, ...]:
        return Diagnostic._all(self._read()["diagnostics"])

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Why the packs cannot be used."""
        return tuple(entry for entry in self._all() if entry.severity == "error")

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is probably not meant."""
        return tuple(entry for entry in self._all() if entry.severity == "warning")

    def __len__(self) -> int:
        return len(self._read()["diagnostics"])

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._all())

    @overload
    def __getitem__(self, key: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Diagnostic, ...]: ...
    def __getitem__(self, key: int | slice) -> Diagnostic | tuple[Diagnostic, ...]:
        return self._all()[key]

    def _repr_html_(self) -> str:
        return _show.text(self.rendering or "nothing is wrong")

    def __str__(self) -> str:
        return self.rendering

    def __repr__(self) -> str:
        return f"<Diagnostics {len(self.errors)} errors, {len(self.warnings)} warnings>"


@dataclass(frozen=True, slots=True)
class Asked(Part):
    """A question about all cases, and what became of it."""

    question: str
    answer: Literal["proved", "counterexample", "undecided"]


@dataclass(frozen=True, slots=True)
class Counts(Part):
    """How many questions had which answer."""

    proved: int
    counterexample: int
    undecided: int


def _counted(counts: Counts) -> str:
    return (
        f"{counts.proved} proved, {counts.counterexample} with a counterexample, {counts.undecided} undecided"
    )


class Proofs(Document):
    """What holds of every case, or a case of which it does not; a sequence of questions."""

    __slots__ = ()

    @property
    def counts(self) -> Counts:
        """How many questions had which answer."""
        return Counts._of(self._read()["counts"])

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Every question, in the order in which it was asked."""
        return Asked._all(self._read()["questions"])

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, and what could not be decided."""
        return Diagnostic._all(self._read()["diagnostics"])

    @property
    def holds(self) -> bool:
        """Whether everything that was asked is proved."""
        return self.counts.proved == len(self)

    def __len__(self) -> int:
        return len(self._read()["questions"])

    def __iter__(self) -> Iterator[Asked]:
        return iter(self.questions)

    def _repr_html_(self) -> str:
        rows = [(asked.answer, asked.question) for asked in self.questions]
        rows.sort(key=lambda row: row[0] == "proved")
        return _show.table(_counted(self.counts), ("answer", "question"), rows)

    def __getitem__(self, key: int) -> Asked:
        return self.questions[key]

    def __str__(self) -> str:
        counts = self.counts
        lines = [f"{asked.answer}: {asked.question}" for asked in self.questions if asked.answer != "proved"]
        lines += [str(diagnostic) for diagnostic in self.diagnostics]
        return "\n".join([*lines, _counted(counts)])

    def __repr__(self) -> str:
        return f"<Proofs {_counted(self.counts)}>"


@dataclass(frozen=True, slots=True)
class Failure(Part):
    """One thing that was not as a case of a pack says."""

    check: str
    subject: str
    expected: str
    found: str
    why: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class CaseReport(Part):
    """One case of a pack, and what was not as it says."""

    id: str
    title: str | None
    place: Place
    skipped_without: tuple[str, ...]
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether it was run, and everything was as it says."""
        return not self.failures and not self.skipped_without


@dataclass(frozen=True, slots=True)
class RuleGap(Part):
    """A verdict that no case has shown; ``None`` for a cause."""

    rule: str
    verdict: Verdict | None
    place: Place


@dataclass(frozen=True, slots=True)
class RuleCoverage(Part):
    """How many of the verdicts that the rules have to give were given in some case."""

    total: int
    covered: int
    missing: tuple[RuleGap, ...]


@dataclass(frozen=True, slots=True)
class ConditionGap(Part):
    """A condition that was never true, or never false, where that could matter."""

    of: str
    part: str
    condition: str
    never: tuple[bool, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ConditionCoverage(Part):
    """How many tests of a fact were seen both true and false."""

    total: int
    covered: int
    missing: tuple[ConditionGap, ...]


class TestReport(Document):
    """What the packs' own cases found; a sequence of cases."""

    __slots__ = ()
    # Not a class of tests, whatever its name.
    __test__ = False

    @property
    def packs(self) -> tuple[PackVersion, ...]:
        """The packs that were tested."""
        return PackVersion._all(self._read()["packs"])

    @property
    def passed(self) -> bool:
        """Whether no case failed. A case that was skipped, and what no case tries, is no failure."""
        passed: bool = self._read()["passed"]
        return passed

    @property
    def cases(self) -> tuple[CaseReport, ...]:
        """The cases, in the order of their files."""
        return CaseReport._all(self._read()["cases"])

    @property
    def failed(self) -> tuple[CaseReport, ...]:
        """The cases that failed."""
        return tuple(case for case in self.cases if case.failures)

    @property
    def skipped(self) -> tuple[CaseReport, ...]:
        """The cases that were skipped, because a pack that they need was not given."""
        return tuple(case for case in self.cases if case.skipped_without)

    def _counts(self) -> str:
        failed, skipped = len(self.failed), len(self.skipped)
        counts = f"{len(self) - failed - skipped} passed, {failed} failed"
        return f"{counts}, {skipped} skipped" if skipped else counts

    @property
    def rules(self) -> RuleCoverage:
        """Which rules spoke."""
        return RuleCoverage._of(self._read()["rules"])

    @property
    def conditions(self) -> ConditionCoverage:
        """Which conditions were seen both true and false."""
        return ConditionCoverage._of(self._read()["conditions"])

    def __len__(self) -> int:
        return len(self._read()["cases"])

    def __iter__(self) -> Iterator[CaseReport]:
        return iter(self.cases)

    def __getitem__(self, key: int | str) -> CaseReport:
        if isinstance(key, int):
            return self.cases[key]
        for case in self.cases:
            if case.id == key:
                return case
        raise KeyError(key)

    def _repr_html_(self) -> str:
        return _show.text(str(self))

    def __str__(self) -> str:
        lines = [
            f"FAILED {case.id} ({case.place}): {failure.check} {failure.subject}:"
            f" expected {failure.expected}, found {failure.found}"
            for case in self.failed
            for failure in case.failures
        ]
        lines.append(f"cases: {self._counts()}")
        lines.append(f"rules: {self.rules.covered} of {self.rules.total} verdicts given")
        lines.append(
            f"conditions: {self.conditions.covered} of {self.conditions.total} seen both true and false"
        )
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<TestReport {self._counts()}>"
