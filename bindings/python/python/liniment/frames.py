"""Frames: many cases at once, a row for a case, through the Arrow interface.

No library is imported here that the caller has not imported already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ._core import Frame, Rows
from ._given import mapping, names, whole
from .errors import CaseError

if TYPE_CHECKING:
    from .knowledge_base import KnowledgeBase

Output: TypeAlias = Literal[
    "verdicts", "masks", "recommended", "advice", "next_question", "json", "lists", "mask"
]
"""What is given for each row.

``verdicts``: a column for each advice id. ``masks`` (or ``mask``): a nullable boolean for each rule, true where it is
live. ``recommended`` (or ``lists``): the advice ids that are recommended, in order. ``advice``: everything, as a list
of structs. ``next_question``: the fact to ask for first, and its question. ``json``: the advice as JSON.
"""

Others: TypeAlias = Literal["refuse", "keep", "drop"]
"""What becomes of columns that are no fact's."""

OnBad: TypeAlias = Literal["raise", "null"]
"""What becomes of a value that its fact does not take."""

_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a frame is read and what is given, as ``KnowledgeBase.advise_frame`` says it."""

    columns: Mapping[str, str]
    keep: tuple[str, ...]
    others: Others
    output: Output
    on_bad: OnBad
    now: datetime | None
    threads: int = 1
    chunk_rows: int

    @classmethod
    def of(cls, columns: Mapping[str, str] | None, keep: Iterable[str], **more: Any) -> Reading:
        """It from what a caller has given."""
        for name in {"threads", "chunk_rows"} & {*more}:
            more[name] = whole(f"{name}=", more[name])
        more["output"], more["others"], more["on_bad"] = (
            str(more[name]) for name in ("output", "others", "on_bad")
        )
        return cls(
            columns=mapping("columns=", columns, "fact to column"),
            keep=names("keep=", keep, "names of columns"),
            **more,
        )

    def rows(self, kb: KnowledgeBase, frame: Any) -> Rows:
        """The columns of anything with ``__arrow_c_stream__``, bound to facts and checked; nothing is read yet."""
        for fact, column in self.columns.items():
            if fact not in kb.fact_ids and column in kb.fact_ids:
                raise CaseError(
                    f"columns= goes from fact to column, and `{column}` is the fact: write {{{column!r}: {fact!r}}}",
                    "C0010",
                    fact,
                    fact,
                )
        return Rows(
            kb,
            frame,
            columns=list(self.columns.items()),
            keep=list(self.keep),
            others=self.others,
            output=self.output,
            on_bad=self.on_bad,
            now=_moment(self.now),
            threads=self.threads,
            chunk_rows=self.chunk_rows,
        )


def advise(kb: KnowledgeBase, frame: Any, reading: Reading, *, progress: bool = False) -> Any:
    """The advice for each row, in kind."""
    shown, in_kind, total = _kind(kb, frame, reading)
    rows = reading.rows(kb, shown)
    if in_kind is _as_reader:
        return _as_reader(rows)
    if not progress:
        return in_kind(rows.collect())
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError as error:
        message = "progress=True shows a bar of tqdm, and that is not installed"
        raise ModuleNotFoundError(message, name="tqdm") from error
    with tqdm(total=total, unit="rows", unit_scale=True) as bar:

        def tell(done: int) -> None:
            bar.update(done - bar.n)

        return in_kind(rows.collect(tell))


def _moment(now: datetime | None) -> tuple[int, bool] | None:
    """Microseconds since 1970, and whether the moment has a time zone."""
    if now is None:
        return None
    if not isinstance(now, datetime):
        raise CaseError(f"now= is a datetime, found {now!r}", "C0010")
    zoned = now.utcoffset() is not None
    plain = now.astimezone(UTC).replace(tzinfo=None) if zoned else now
    return ((plain - _EPOCH) // timedelta(microseconds=1), zoned)


def _kind(kb: KnowledgeBase, frame: Any, reading: Reading) -> tuple[Any, Callable[[Frame], Any], int | None]:
    """What has the columns, how the answer becomes a frame of the same kind, and how many rows there are."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        from . import _pandas

        shown = _pandas.columns_of(frame, kb.fact_ids, reading)
        return shown, lambda answer: _pandas.frame_of(answer, frame, kb.fact_ids, reading), len(frame)
    polars = sys.modules.get("polars")
    if polars is not None:
        if isinstance(frame, polars.LazyFrame):
            return frame.collect(), lambda answer: polars.DataFrame(answer).lazy(), None
        if isinstance(frame, polars.DataFrame):
            return frame, polars.DataFrame, len(frame)
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None:
        if isinstance(frame, pyarrow.RecordBatchReader):
            return frame, _as_reader, None
        if isinstance(frame, pyarrow.Table | pyarrow.RecordBatch):
            return frame, pyarrow.table, frame.num_rows
    duckdb = sys.modules.get("duckdb")
    if duckdb is not None and isinstance(frame, duckdb.DuckDBPyRelation):
        return frame, lambda answer: _as_relation(answer, frame), None
    datafusion = sys.modules.get("datafusion")
    if datafusion is not None and isinstance(frame, datafusion.DataFrame):
        return frame, lambda answer: datafusion.SessionContext.global_ctx().from_arrow(answer), None
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        return frame, lambda answer: answer, None
    kind = type(frame).__name__
    if isinstance(frame, Mapping | list):
        why = "pandas.DataFrame(…) and polars.DataFrame(…) make one of it"
    else:
        why = "it has no __arrow_c_stream__, as frames of pandas, Polars, pyarrow and DuckDB have"
    raise CaseError(f"a {kind} is no frame: {why}", "C0006", None, kind)


def _as_relation(answer: Frame, frame: Any) -> Any:
    """A relation on the connection that the frame is of; DuckDB finds ``answer`` by its name."""
    return frame.query("liniment_rows", "select * from answer")


def _as_reader(rows: Any) -> Any:
    import pyarrow

    return pyarrow.RecordBatchReader.from_stream(rows)
