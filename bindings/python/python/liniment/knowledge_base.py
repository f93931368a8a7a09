"""Packs, loaded and ready to advise."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import timedelta

from . import _core, results
from ._core import Case, Pack
from ._given import mapping, whole
from .errors import CaseError, LinimentError
from .verdict import Verdict

TYPE_CHECKING = False

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Literal, Self, TypeAlias

    from .frames import OnBad, Others, Output
    from .interview import Interview
    from .results import (
        Advice,
        Diagnostics,
        Explanation,
        FactInfo,
        Graph,
        PackInfo,
        PhaseInfo,
        Plan,
        Proofs,
        Question,
        SourceInfo,
        Suffices,
        TestReport,
        Ways,
        WhatIf,
        WhyNot,
    )

PackLike: TypeAlias = str | os.PathLike[str] | Mapping[str, str] | Pack
"""A built-in pack by name, a folder, files by name, the text of rules, or a ``Pack``."""

_DAY = timedelta(days=1)

_MANIFEST = """Pack(
    id: "notebook", version: "0.1.0", schema: 1, language: "en", title: "Notebook",
    phases: [Phase(id: "now", title: "Now"), Phase(id: "later", title: "Later")],
)
"""


class KnowledgeBase(_core.Engine):
    """Packs, checked together and compiled; ``load`` makes one.

    It never changes, and may be used from several threads at once. Every method that takes a case takes it
    as a ``Case``, a mapping, a dataclass, a pydantic model, a row of a frame, or as keywords; a keyword
    goes before what stands in the mapping.

    Examples:
        >>> import liniment
        >>> kb = liniment.load("calf-cramps")
        >>> case = {"onset_setting": "during_exercise", "muscles_affected": "calf_only"}
        >>> kb.advise(case, cramp_state="active")["stretch"].verdict
        <Verdict.RECOMMEND: 'recommend'>
    """

    __slots__ = ("__weakref__",)

    def __new__(
        cls, packs: list[Pack], lang: str | None = None, limits: dict[str, int] | None = None
    ) -> Self:
        """Packs as text, the language of the advice, and limits."""
        made: Any = super().__new__(cls, packs, lang, limits)
        return made  # type: ignore[no-any-return]

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """What ``to_bytes`` or ``liniment compile`` made of packs; no pack is read or checked.

        It advises, explains, plans and proves as the packs would. Their texts and their own cases are not in it.
        Take bytes only from those whose packs you would take.

        Examples:
            >>> import liniment
            >>> data = liniment.load("calf-cramps").to_bytes()
            >>> liniment.KnowledgeBase.from_bytes(data)
            <KnowledgeBase calf-cramps 1.0.0: ...>

        Raises:
            PackError: when the bytes are something else, are of another version of Liniment, or are damaged.
        """
        return cls._compiled(data, None)

    @classmethod
    def _compiled(cls, data: bytes, lang: str | None) -> Self:
        made: Any = super().__new__(cls, [], lang, None, data)
        return made  # type: ignore[no-any-return]

    def advise(self, case: Any = None, /, *, now: datetime | None = None, **facts: Any) -> Advice:
        """The advice for a case."""
        known = self._case(case, now, facts)
        return results.Advice(self.advise_json(known), known)

    def explain(
        self, id: str, case: Any = None, /, *, now: datetime | None = None, **facts: Any
    ) -> Explanation:
        """The proof of what is said of an advice id or cause, or of why nothing is."""
        known = self._case(case, now, facts)
        return results.Explanation(self.explain_json(known, id), known)

    def why_not(
        self,
        id: str,
        case: Any = None,
        /,
        *,
        wanted: Verdict | str = Verdict.RECOMMEND,
        now: datetime | None = None,
        **facts: Any,
    ) -> WhyNot:
        """Why an advice id does not have a verdict, and the smallest change that would give it."""
        known = self._case(case, now, facts)
        return results.WhyNot(self.explain(id, known), self.ways_to(id, known, wanted=wanted))

    def ways_to(
        self,
        id: str,
        case: Any = None,
        /,
        *,
        wanted: Verdict | str = Verdict.RECOMMEND,
        now: datetime | None = None,
        **facts: Any,
    ) -> Ways:
        """The smallest changes of facts that would give an advice id a verdict."""
        return results.Ways(self.ways_to_json(self._case(case, now, facts), id, str(wanted)))

    def what_if(
        self, case: Any, changes: Any = None, /, *, now: datetime | None = None, **facts: Any
    ) -> WhatIf:
        """What some changes of facts would do: which verdicts change, appear or vanish, and why.

        The changes are a mapping or keywords; ``None`` forgets a fact.
        """
        return results.WhatIf(self.what_if_json(self._case(case, now, {}), changes, now, facts))

    def suffices(
        self, id: str, case: Any = None, /, *, now: datetime | None = None, **facts: Any
    ) -> Suffices:
        """The smallest set of the case's facts that already suffices for the verdict of an advice id."""
        return results.Suffices(self.suffices_json(self._case(case, now, facts), id))

    def plan(
        self,
        case: Any = None,
        /,
        *,
        horizon: timedelta | str = 21 * _DAY,
        now: datetime | None = None,
        **facts: Any,
    ) -> Plan:
        """The advice as all clocks move forward together, up to the horizon."""
        known = self._case(case, now, facts)
        return results.Plan(self.plan_json(known, _horizon(horizon)), known)

    def questions(
        self, case: Any = None, /, *, now: datetime | None = None, **facts: Any
    ) -> tuple[Question, ...]:
        """What to ask next, the most telling first."""
        return self.advise(case, now=now, **facts).questions

    def interview(self, case: Any = None, /, *, now: datetime | None = None, **facts: Any) -> Interview:
        """An interview that goes on from what is known of a case."""
        from .interview import Interview

        return Interview(self, self._case(case, now, facts))

    def advise_frame(
        self,
        frame: Any,
        *,
        columns: Mapping[str, str] | None = None,
        keep: Iterable[str] = (),
        others: Others = "refuse",
        output: Output = "verdicts",
        on_bad: OnBad = "raise",
        now: datetime | None = None,
        threads: int = 1,
        chunk_rows: int = 65_536,
        progress: bool = False,
    ) -> Any:
        """The advice for each row of a frame, a row for a row; a null is unknown.

        The frame is one of pandas, or anything with ``__arrow_c_stream__``. The answer is of its kind: pandas
        to pandas (with the same index), Polars to Polars, pyarrow to pyarrow, a DuckDB relation to one on the
        same connection, DataFusion to DataFusion (in its global session); a ``RecordBatchReader`` is read as
        its answer is read; anything else gives a ``Frame``. pandas, Polars and DuckDB need no pyarrow for it.

        Args:
            frame: The rows.
            columns: Fact to column, for facts whose column has another name.
            keep: Columns to pass on before the answer's.
            others: What becomes of columns that are no fact's: an error, passed on, or left out.
            output: What to give for each row; see ``liniment.frames.Output``.
            on_bad: A value that its fact does not take is an error that names row and column, or counts as
                unknown; the answer has a last column ``_bad`` then.
            now: The moment from which columns of moments are looked back on.
            threads: How many threads work; 0 for as many as the machine has.
            chunk_rows: How many rows are worked on at once.
            progress: Whether to show a bar; needs tqdm.

        Examples:
            >>> import liniment, polars
            >>> kb = liniment.load("calf-cramps")
            >>> squad = polars.DataFrame({"cramp_state": ["active", "released", None], "in_session": [True] * 3})
            >>> kb.advise_frame(squad, output="next_question")["next_question"].to_list()
            ['muscles_affected', 'muscles_affected', 'muscles_affected']
        """
        from .frames import Reading, advise

        reading = Reading.of(
            columns,
            keep,
            others=others,
            output=output,
            on_bad=on_bad,
            now=now,
            threads=threads,
            chunk_rows=chunk_rows,
        )
        return advise(self, frame, reading, progress=progress)

    def case_type(self, name: str = "Case", *, kind: Literal["typeddict", "dataclass"] = "typeddict") -> type:
        """A class of its cases: a ``TypedDict``, or a frozen dataclass whose fields are unknown at first.

        ``python -m liniment stubs PACK`` writes the same as a module, for the editor.

        Examples:
            >>> import liniment
            >>> kb = liniment.load("calf-cramps")
            >>> Case = kb.case_type(kind="dataclass")
            >>> kb.case(Case(cramp_state="active"))
            <Case {"cramp_state":"active"}>
        """
        from .case_types import case_type

        return case_type(self, name, kind)

    def graph(self) -> Graph:
        """Causes and advice ids, and what ties them together; a picture in a notebook."""
        return results.Graph(self.graph_json(), self)

    def prove(self, *, budget: int = 20_000) -> Proofs:
        """What the packs promise, and what would be a fault, asked of all cases.

        The budget is how many steps of search one question may take.
        """
        return results.Proofs(self.prove_json(whole("budget=", budget)))

    def test(self) -> TestReport:
        """Runs the packs' own cases, and tells what they leave untried."""
        self._need_texts()
        return results.TestReport(self.test_json())

    def check(self) -> Diagnostics:
        """Every diagnostic of its packs, those of their cases too."""
        self._need_texts()
        return results.Diagnostics(*_core.check_packs(self.pack_texts, self.limits))

    def in_language(self, lang: str) -> Self:
        """The same knowledge base with its texts in another language."""
        if self.is_compiled:
            return self._compiled(self.to_bytes(), lang)
        return type(self)(self.pack_texts, lang, self.limits)

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """The packs, in canonical order."""
        return results.PackInfo._all(self._about()["packs"])

    @property
    def facts(self) -> dict[str, FactInfo]:
        """The facts that a case can state, by id."""

        def end(kind: str, value: float | None) -> float | timedelta | None:
            if value is None or kind not in ("duration", "clock"):
                return value
            return timedelta(microseconds=value)

        return {
            fact["id"]: results.FactInfo._of(
                fact | {name: end(fact["kind"], fact[name]) for name in ("from", "to")}
            )
            for fact in self._about()["facts"]
        }

    @property
    def phases(self) -> tuple[PhaseInfo, ...]:
        """The phases, in the order in which their advice is given."""
        return results.PhaseInfo._all(self._about()["phases"])

    @property
    def sources(self) -> dict[str, SourceInfo]:
        """The sources that its rules cite, by id."""
        return {source["id"]: results.SourceInfo._of(source) for source in self._about()["sources"]}

    def _need_texts(self) -> None:
        if self.is_compiled:
            raise LinimentError(
                "a knowledge base from bytes has neither the texts of its packs nor their own cases"
            )

    def _about(self) -> dict[str, Any]:
        import json

        about: dict[str, Any] = json.loads(self.about_json())
        return about

    def _case(self, case: Any, now: datetime | None, facts: dict[str, Any]) -> Case:
        if isinstance(case, Case) and not facts:
            return case
        return self.case(case, now=now, **facts)

    def _repr_html_(self) -> str:
        from . import _show

        notices = "; ".join(dict.fromkeys(pack.notice for pack in self.packs if pack.notice))
        return _show.picture(self.graph_svg(), f"{repr(self).strip('<>')}. {notices}")

    def __repr__(self) -> str:
        packs = ", ".join(f"{pack.id} {pack.version}" for pack in self.packs)
        return f"<KnowledgeBase {packs}: {len(self.facts)} facts, {self.rule_count} rules, {self.lang}>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from ._restore import parts

        return parts(self)


def load(*packs: PackLike, lang: str | None = None, limits: Mapping[str, int] | None = None) -> KnowledgeBase:
    """Loads packs, checks them together, and compiles them.

    A pack is a built-in one by name, the path of a folder, a mapping of file names to texts, or the text of
    rules; without any, the built-in packs are loaded.

    Examples:
        >>> import liniment
        >>> liniment.load("calf-cramps", "leg-red-flags", lang="de").lang
        'de'
        >>> tea = liniment.load('''[
        ...     Fact(id: "cold", kind: YesNo, ask: "Is it cold?"),
        ...     Fix(id: "tea", phase: "now", when: {"cold": Yes}, text: "Drink tea.", because: "It is warm."),
        ... ]''')
        >>> tea.advise(cold=True).ids
        ('tea',)

    Raises:
        PackError: when a pack has an error; it holds every diagnostic of all packs.
        UnknownNameError: when a pack or language is not there.
    """
    return KnowledgeBase(texts_of(packs), lang, _limits(limits))


def check(*packs: PackLike, limits: Mapping[str, int] | None = None) -> Diagnostics:
    """Everything that is wrong with packs, whether they can be used or not."""
    return results.Diagnostics(*_core.check_packs(texts_of(packs), _limits(limits)))


def _limits(limits: Mapping[str, int] | None) -> dict[str, int] | None:
    """Limits by name, each a whole number."""
    return None if limits is None else {name: whole(f"the limit {name}", limits[name]) for name in limits}


def _horizon(horizon: timedelta | str) -> int:
    """How far a plan looks ahead, in microseconds."""
    if isinstance(horizon, str):
        return _core.parse_duration(horizon)
    # The longest that the library knows.
    if not isinstance(horizon, timedelta) or not 0 * _DAY <= horizon <= timedelta(microseconds=2**63 - 1):
        raise CaseError(
            f'horizon= is a length of time ahead, such as "21d" or a timedelta, found {horizon!r}', "C0010"
        )
    return horizon // timedelta(microseconds=1)


def texts_of(packs: tuple[PackLike, ...]) -> list[Pack]:
    """The text of packs; of the built-in ones when none is given."""
    if not packs:
        return [Pack.built_in(name) for name in Pack.built_in_names()]
    return [_text_of(pack) for pack in packs]


def _text_of(pack: PackLike) -> Pack:
    if isinstance(pack, Pack):
        return pack
    if isinstance(pack, Mapping):
        return Pack.files(list(mapping("a pack", pack, "names of files to their texts").items()))
    if isinstance(pack, str):
        if pack in Pack.built_in_names():
            return Pack.built_in(pack)
        if "[" in pack or "\n" in pack:
            return text(pack)
        return Pack.folder(pack)
    if not isinstance(pack, os.PathLike):
        raise TypeError(
            f"a pack is a name, a folder, a mapping of files or the text of rules, found a {type(pack).__name__};"
            " several packs are given one by one: load(*packs)"
        )
    return Pack.folder(os.fspath(pack))


def text(rules: str, *, manifest: str | None = None) -> Pack:
    """A pack from the text of its statements, for notebooks and tests.

    The manifest is what stands in ``pack.ron``; without one the pack is called ``notebook``, speaks English,
    and has the phases ``now`` and ``later``.
    """
    if manifest is None:
        manifest = _MANIFEST
    return Pack.files([("pack.ron", manifest), ("rules.ron", rules)])
