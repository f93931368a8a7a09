# Written by `cargo xtask generate` from the extension module.
"""
What the package is built on: packs, cases and answers as the library has them.
"""

from liniment.knowledge_base import KnowledgeBase
from liniment.results import JsonObject, Names, Reduced
from liniment.verdict import Verdict
from os import PathLike
from typing import Any, SupportsIndex, final
from typing_extensions import disjoint_base

__all__ = ["Case", "Column", "Engine", "Frame", "InterviewState", "Pack", "Rows", "Verdicts", "check_packs", "diagnostic_codes", "duration_words", "frame_of_columns", "iso_duration", "parse_duration", "result_schema", "version"]

@final
class Case:
    """
    What is known of one person or thing at one moment. Never changes; `replace` makes another one.
    """
    def __copy__(self, /) -> Case: ...
    def __deepcopy__(self, /, _memo: "object") -> Case: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> Reduced: ...
    def __repr__(self, /) -> str: ...
    @classmethod
    def _restore(cls, /, kb: Engine, json: str) -> Case: ...
    @property
    def kb(self, /) -> KnowledgeBase:
        """
        The knowledge base that it belongs to.
        """
    def replace(self, changes: "object" = None, /, *, now: "object" = None, **facts: "object") -> Case:
        """
        Another case, in which these facts are as given; `None` forgets a fact.
        """
    def to_dict(self, /) -> JsonObject:
        """
        What is stated: fact to value, as JSON has it.
        """
    def to_json(self, /) -> str:
        """
        What is stated, as a JSON object in the order of the facts' ids.
        """

@final
class Column:
    """
    A column, made of what another library holds.
    """
    def __len__(self, /) -> int: ...
    @staticmethod
    def arrow(values: "object") -> Column:
        """
        What is in Arrow already: anything with `__arrow_c_array__` or `__arrow_c_stream__`.
        """
    @staticmethod
    def choices(kind: "str", places: "object", texts: "list[str]") -> Column:
        """
        Places of texts, by the name of their type; a place below zero is missing.
        """
    @staticmethod
    def lists(values: "list[list[str] | None]") -> Column:
        """
        Lists of texts, or `None` where one is missing.
        """
    @staticmethod
    def nothing(rows: SupportsIndex) -> Column:
        """
        A column of which nothing is read.
        """
    @staticmethod
    def numbers(kind: "str", data: "object", missing: "object" = None) -> Column:
        """
        A buffer of numpy, by the name of its type: `float64`, `bool`, `timedelta64[us]`.

        NaN and NaT are missing, and so is where a byte of `missing` is not zero.
        """
    @staticmethod
    def texts(values: "list[str | None]") -> Column:
        """
        Texts, or `None` where one is missing.
        """

@disjoint_base
class Engine:
    """
    Packs, checked together and compiled. Never changes; may be used from several threads at once.
    """
    def __new__(cls, /, packs: "list[Pack]", lang: "str | None" = None, limits: "dict[str, int] | None" = None, compiled: "bytes | None" = None) -> Engine: ...
    def about_json(self, /) -> str:
        """
        Packs, facts, phases and sources, as JSON.
        """
    @property
    def advice_ids(self, /) -> list[str]:
        """
        The advice ids, sorted.
        """
    def advice_page(self, /, case: Case, format: str) -> str:
        """
        The advice as a page: `html`, `fragment` or `markdown`.
        """
    def advise_json(self, /, case: Case) -> str:
        """
        The advice as JSON.
        """
    def case(self, case: "object" = None, /, *, now: "object" = None, **facts: "object") -> Case:
        """
        A case: what is known, from a mapping, from keywords, or from both; keywords go before.
        """
    def case_from_json(self, /, text: "str | bytes") -> Case:
        """
        A case from the text of a JSON object.
        """
    def case_schema(self, /) -> str:
        """
        The JSON Schema of its cases.
        """
    def explain_json(self, /, case: Case, id: str) -> str:
        """
        The proof of what is said of an advice id or cause, as JSON.
        """
    def explain_text(self, /, case: Case, id: str) -> str:
        """
        The proof as indented text.
        """
    def explanation_page(self, /, case: Case, id: str, format: str) -> str:
        """
        An explanation as a page: `html`, `fragment` or `markdown`.
        """
    @property
    def fact_ids(self, /) -> list[str]:
        """
        The facts that a case can state, in canonical order.
        """
    def graph_json(self, /) -> str:
        """
        Causes and advice ids, and what ties them together, as JSON.
        """
    def graph_svg(self, /) -> str:
        """
        The same as a picture in SVG.
        """
    @property
    def is_compiled(self, /) -> bool:
        """
        Whether it was made from bytes: the texts of its packs, and their own cases, are not there.
        """
    @property
    def lang(self, /) -> str:
        """
        The language of the texts.
        """
    @property
    def languages(self, /) -> list[str]:
        """
        The languages it can speak.
        """
    @property
    def limits(self, /) -> dict[str, int]:
        """
        The limits that were set.
        """
    @property
    def pack_texts(self, /) -> list[Pack]:
        """
        The packs' text.
        """
    def plan_json(self, /, case: Case, horizon: SupportsIndex) -> str:
        """
        The advice over time up to a horizon in microseconds, as JSON.
        """
    def plan_svg(self, /, case: Case, horizon: SupportsIndex) -> str:
        """
        The advice over time as a picture in SVG.
        """
    def prove_json(self, /, budget: SupportsIndex) -> str:
        """
        What holds of every case, as JSON.
        """
    @property
    def red_flags(self, /) -> list[str]:
        """
        The ids of the red flags, the most urgent first.
        """
    @property
    def rule_count(self, /) -> int:
        """
        How many rules there are, causes included.
        """
    def suffices_json(self, /, case: Case, id: str) -> str:
        """
        The facts that already suffice for a verdict, as JSON.
        """
    def test_json(self, /) -> str:
        """
        What the packs' own cases found, as JSON.
        """
    def to_bytes(self, /) -> bytes:
        """
        The knowledge base as bytes, for ``KnowledgeBase.from_bytes`` of the same version.
        """
    def verdicts(self, case: "object" = None, /, *, now: "object" = None, **facts: "object") -> Verdicts:
        """
        The verdicts of a case, without texts.
        """
    def warnings_json(self, /) -> str:
        """
        The warnings of its packs, as JSON.
        """
    def ways_to_json(self, /, case: Case, id: str, wanted: str) -> str:
        """
        The smallest changes that would give a verdict, as JSON.
        """
    def what_if_json(self, /, case: "Case", changes: "object" = None, now: "object" = None, facts: "dict[str, object] | None" = None) -> str:
        """
        What some changes of facts would do, as JSON; `None` forgets a fact.
        """

@final
class Frame:
    """
    Columns in chunks; any Arrow library reads them.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        The columns for any Arrow library, as often as it asks.
        """
    def __len__(self, /) -> int:
        """
        How many rows there are.
        """
    def __repr__(self, /) -> str: ...
    def column(self, /, name: str) -> "tuple[str, object, object]":
        """
        A column for those who do not read Arrow: what kind it is, and its values.

        `booleans` and `choices` are bytes, with a byte for each row that is missing, or with the texts at those
        places; `texts` and `objects` are lists.
        """
    @property
    def columns(self, /) -> list[str]:
        """
        The names of the columns.
        """

@disjoint_base
class InterviewState:
    """
    One question after the other, until no answer can change the advice any more.
    """
    def __new__(cls, /, kb: Engine, case: Case) -> InterviewState: ...
    def advise_json(self, /) -> str:
        """
        The advice as things are known, as JSON.
        """
    def answer(self, /, value: "object", *, now: "object" = None) -> None:
        """
        Answers the question with a value as a case states it; `None` skips it.
        """
    def answer_text(self, /, text: str) -> None:
        """
        Answers the question with what a person typed.
        """
    @property
    def answered(self, /) -> int:
        """
        How many questions were answered, declined or skipped, and not taken back.
        """
    def ask_skipped(self, /) -> None:
        """
        Takes up the questions that were put off.
        """
    def back(self, /) -> bool:
        """
        Goes back to the question before, and forgets its answer. False at the first question.
        """
    @property
    def case(self, /) -> Case:
        """
        What is known; it can be saved, and the interview taken up from there.
        """
    def decline(self, /) -> None:
        """
        Leaves the question unanswered for good: the fact stays unknown and is not asked again.
        """
    @property
    def finished(self, /) -> bool:
        """
        Whether no answer can change the advice any more.
        """
    @property
    def open(self, /) -> list[str]:
        """
        The facts that are still worth asking for, in order, skipped ones included.
        """
    def skip(self, /) -> None:
        """
        Puts the question off; the case does not remember that.
        """
    @property
    def skipped(self, /) -> list[str]:
        """
        The facts that were skipped, or answered only in part, and are still worth asking for.
        """
    def to_json(self, /) -> str:
        """
        The interview as it stands, as JSON.
        """

@final
class Pack:
    """
    The text of one pack: built in, a folder, or texts in memory.
    """
    def __reduce__(self, /) -> Reduced: ...
    @staticmethod
    def built_in(name: str) -> Pack:
        """
        A built-in pack.
        """
    @staticmethod
    def built_in_names() -> list[str]:
        """
        The names of the built-in packs.
        """
    @staticmethod
    def files(files: "list[tuple[str, str]]", label: "str | None" = None) -> Pack:
        """
        Texts in memory: names such as `pack.ron` or `cases/relief.ron`, and their texts.
        """
    @staticmethod
    def folder(path: str | PathLike[str]) -> Pack:
        """
        The `*.ron` files of a folder and of its `cases` folder.
        """
    @property
    def label(self, /) -> str:
        """
        The folder before the names of the files in messages and explanations.
        """
    @property
    def name(self, /) -> str | None:
        """
        The name of a built-in pack.
        """
    def texts(self, /) -> list[tuple[str, str]]:
        """
        The files: names within the pack, and their texts.
        """

@final
class Rows:
    """
    Rows that are advised on as they are read.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object" = None) -> "object":
        """
        What is read and advised on as somebody asks for it, once.
        """
    def __new__(cls, /, kb: "Engine", frame: "object", *, columns: "list[tuple[str, str]]", keep: "list[str]", others: "str", output: "str", on_bad: "str", now: "tuple[int, bool] | None" = None, threads: "int" = 1, chunk_rows: "int" = 65536) -> Rows:
        """
        Binds the columns of a frame to facts.

        `now` is in microseconds since 1970, and whether it has a time zone.
        """
    def collect(self, /, progress: "object" = None) -> Frame:
        """
        Advises on all rows. `progress` is called with the number of rows done.
        """
    @property
    def facts(self, /) -> list[tuple[str, str]]:
        """
        The facts that are read, each with its column.
        """

@final
class Verdicts:
    """
    The verdicts of a case: a mapping from the advice ids that have one to their verdicts.
    """
    def __contains__(self, id: Any, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, id: str, /) -> Verdict: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> Names: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> Reduced: ...
    def __repr__(self, /) -> str: ...
    @classmethod
    def _restore(cls, /, kb: "Engine", codes: "bytes") -> Verdicts: ...
    @property
    def codes(self, /) -> bytes:
        """
        A number for each advice id in the order of `KnowledgeBase.advice_ids`: 0 for none, else
        `Verdict.code`.
        """
    def get(self, id: str, default: "Verdict | None" = None, /) -> Verdict | None:
        """
        The verdict of an advice id, or the default when it has none.
        """
    def items(self, /) -> list[tuple[str, Verdict]]:
        """
        Advice ids and verdicts.
        """
    @property
    def kb(self, /) -> KnowledgeBase:
        """
        The knowledge base that gave them.
        """
    def keys(self, /) -> list[str]:
        """
        The advice ids that have a verdict, sorted.
        """
    def to_dict(self, /) -> "dict[str, Verdict]":
        """
        Advice id to verdict.
        """
    def values(self, /) -> list[Verdict]:
        """
        Their verdicts.
        """

def check_packs(packs: "list[Pack]", limits: "dict[str, int] | None" = None, width: "int" = 100, colour: "bool" = False) -> tuple[str, str]:
    """
    What is wrong with packs, as (JSON, rendering): errors, warnings, and with a budget proofs.
    """

def diagnostic_codes() -> list[tuple[str, str, str, str]]:
    """
    Diagnostic codes as (code, severity, title, page).
    """

def duration_words(microseconds: SupportsIndex) -> str:
    """
    The length of time in words: `23 h 59 min`.
    """

def frame_of_columns(columns: "list[tuple[str, Column]]") -> Frame:
    """
    Columns of the same length as a frame.
    """

def iso_duration(microseconds: SupportsIndex) -> str:
    """
    The length of time in ISO 8601, as every answer writes it.
    """

def parse_duration(text: str) -> int:
    """
    A length of time such as `24h`, `3d` or `PT24H`, in microseconds.
    """

def result_schema() -> str:
    """
    The JSON Schema of every answer.
    """

def version() -> str:
    """
    The version of the library.
    """
