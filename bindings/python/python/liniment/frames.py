"""Frames: many cases at once, a row for a case, through the Arrow interface.

No library is imported here that the caller has not imported already, but for ``pandas`` frames, which
themselves need ``pyarrow`` to show their columns to others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ._core import Frame, Rows
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

_EPOCH = datetime(1970, 1, 1)


def advise_frame(
    kb: KnowledgeBase,
    frame: Any,
    *,
    columns: Mapping[str, str] | None = None,
    keep: Iterable[str] = (),
    others: Literal["refuse", "keep", "drop"] = "refuse",
    output: Output = "verdicts",
    on_bad: Literal["raise", "null"] = "raise",
    now: datetime | None = None,
    threads: int = 1,
    chunk_rows: int = 65_536,
    progress: bool = False,
) -> Any:
    """The advice for each row; see ``KnowledgeBase.advise_frame``."""
    shown, answer, total = _kind(frame)
    rows = bound(
        kb,
        shown,
        columns=columns,
        keep=keep,
        others=others,
        output=output,
        on_bad=on_bad,
        now=now,
        threads=threads,
        chunk_rows=chunk_rows,
    )
    if answer is _as_reader:
        return _as_reader(rows)
    if not progress:
        return answer(rows.collect())
    from tqdm.auto import tqdm

    with tqdm(total=total, unit="rows", unit_scale=True) as bar:

        def tell(done: int) -> None:
            bar.update(done - bar.n)

        return answer(rows.collect(tell))


def bound(
    kb: KnowledgeBase,
    columns_of: Any,
    *,
    columns: Mapping[str, str] | None,
    keep: Iterable[str],
    others: Literal["refuse", "keep", "drop"],
    output: Output,
    on_bad: Literal["raise", "null"],
    now: datetime | None,
    threads: int = 1,
    chunk_rows: int,
) -> Rows:
    """The columns of anything with ``__arrow_c_stream__``, bound to facts and checked; nothing is read yet."""
    return Rows(
        kb,
        columns_of,
        columns=list((columns or {}).items()),
        keep=list(keep),
        others=others,
        output=output,
        on_bad=on_bad,
        now=_moment(now),
        threads=threads,
        chunk_rows=chunk_rows,
    )


def _moment(now: datetime | None) -> tuple[int, bool] | None:
    """Microseconds since 1970, and whether the moment has a time zone."""
    if now is None:
        return None
    if not isinstance(now, datetime):
        raise CaseError(f"now= is a datetime, found {now!r}", "C0010")
    zoned = now.utcoffset() is not None
    plain = now.astimezone(UTC).replace(tzinfo=None) if zoned else now
    return ((plain - _EPOCH) // timedelta(microseconds=1), zoned)


def _kind(frame: Any) -> tuple[Any, Callable[[Any], Any], int | None]:
    """What has the columns, how the answer becomes a frame of the same kind, and how many rows there are."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        return _pandas_columns(frame), lambda answer: _as_pandas(answer, frame.index), len(frame)
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
        return frame, _as_table, None
    datafusion = sys.modules.get("datafusion")
    if datafusion is not None and isinstance(frame, datafusion.DataFrame):
        return frame, lambda answer: datafusion.SessionContext.global_ctx().from_arrow(answer), None
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        return frame, lambda answer: answer, None
    raise CaseError(
        f"a {type(frame).__name__} is no frame: it has no __arrow_c_stream__, as frames of pandas, Polars, pyarrow"
        " and DuckDB have",
        "C0006",
        None,
        type(frame).__name__,
    )


def _pandas_columns(frame: Any) -> Any:
    """A pandas frame as Arrow columns, without its index."""
    pyarrow = _pyarrow()
    if not all(isinstance(name, str) for name in frame.columns):
        raise CaseError(f"the names of columns are texts, found {list(frame.columns)[:5]!r}", "C0006")
    repeated = frame.columns[frame.columns.duplicated()]
    if len(repeated):
        raise CaseError(f"two columns are called `{repeated[0]}`", "C0007", str(repeated[0]))
    columns = {}
    for name in frame.columns:
        try:
            columns[name] = pyarrow.Array.from_pandas(frame[name])
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, OverflowError) as error:
            why = str(error).splitlines()[0]
            raise CaseError(
                f"`{name}`: the column has values of several types that do not fit together: {why}",
                "C0010",
                name,
            ) from error
    return pyarrow.table(columns)


def _as_pandas(answer: Frame, index: Any) -> Any:
    frame = _pyarrow().table(answer).to_pandas()
    frame.index = index
    return frame


def _as_table(answer: Frame) -> Any:
    """What DuckDB reads: a table of pyarrow, or the answer itself where that is not installed."""
    try:
        import pyarrow
    except ImportError:
        return answer
    return pyarrow.table(answer)


def _as_reader(rows: Any) -> Any:
    return _pyarrow().RecordBatchReader.from_stream(rows)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise CaseError(
            "pandas needs pyarrow to show its columns to others, and it is not installed; install it, or give a Polars"
            " frame",
            "C0010",
        ) from error
    return pyarrow
