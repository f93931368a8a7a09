"""Spark frames: every worker advises on its own partitions, through ``mapInArrow``.

Needs PySpark and pyarrow. For each call the packs travel to each worker once, as a broadcast of their texts, and are
compiled there once; what is said of a row is what ``KnowledgeBase.advise_frame`` says of it in one process.

How large a partition should be: a worker reads its partition in batches of
``spark.sql.execution.arrow.maxRecordsPerBatch`` rows (10,000 unless set otherwise) and never holds more than a few
of them, so that memory is no reason for small partitions. Compiling the packs costs a worker some milliseconds
once, and a task costs Spark itself some milliseconds each: a partition should hold so many rows that it takes a
second or more. For ``verdicts`` that is a million rows or more, for ``json`` some ten thousand; two to four
partitions for each core let the quick ones help out the slow ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from .errors import CaseError
from .frames import OnBad, Others, Output, Reading
from .knowledge_base import KnowledgeBase, PackLike, load

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["advise"]


def advise(
    df: DataFrame,
    packs: KnowledgeBase | Iterable[PackLike],
    *,
    columns: Mapping[str, str] | None = None,
    keep: Iterable[str] = (),
    others: Others = "refuse",
    output: Output = "verdicts",
    on_bad: OnBad = "raise",
    now: datetime | None = None,
    chunk_rows: int = 65_536,
) -> DataFrame:
    """The advice for each row of a Spark frame, a row for a row; a null is unknown.

    Columns are checked against the packs here, before anything runs, and the schema of the answer is known then.
    Spark keeps no order between frames: name in ``keep`` the columns that tell which row is whose.

    Args:
        df: The rows.
        packs: A knowledge base, or packs as ``liniment.load`` takes them.
        columns: Fact to column, for facts whose column has another name.
        keep: Columns to pass on before the answer's.
        others: What becomes of columns that are no fact's: an error, passed on, or left out.
        output: What to give for each row; see ``liniment.frames.Output``.
        on_bad: A value that its fact does not take ends the job with an error that names the partition, the row
            within it, and the column; or it counts as unknown, and the answer has a last column ``_bad``.
        now: The moment from which columns of moments are looked back on; with a time zone for Spark's timestamps.
        chunk_rows: How many rows are worked on at once.

    Raises:
        CaseError: when a column is no fact's, or is not there.
    """
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    kb = packs if isinstance(packs, KnowledgeBase) else load(*packs)
    reading = Reading.of(
        columns, keep, others=others, output=output, on_bad=on_bad, now=now, chunk_rows=chunk_rows
    )
    zone = df.sparkSession.conf.get("spark.sql.session.timeZone")
    nothing = pyarrow.RecordBatchReader.from_batches(to_arrow_schema(df.schema, timezone=zone), [])
    given = pyarrow.RecordBatchReader.from_stream(reading.rows(kb, nothing)).schema
    wanted = pyarrow.schema([_plain_field(field) for field in given])
    shipped = df.sparkSession.sparkContext.broadcast(kb)
    return df.mapInArrow(_worker(shipped, reading, wanted), from_arrow_schema(wanted))


def _worker(
    shipped: Any, reading: Reading, wanted: pyarrow.Schema
) -> Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """What a worker does with a partition."""

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from pyspark import TaskContext

        first = next(batches, None)
        if first is None:
            return
        rows = pyarrow.RecordBatchReader.from_batches(first.schema, chain([first], batches))
        try:
            for answer in pyarrow.RecordBatchReader.from_stream(reading.rows(shipped.value, rows)):
                yield answer.cast(wanted)
        except (pyarrow.ArrowException, OSError) as error:
            context = TaskContext.get()
            partition = "" if context is None else f"partition {context.partitionId()}: "
            raise CaseError(f"{partition}{error}", "C0010") from error

    return work


def _plain_field(field: pyarrow.Field) -> pyarrow.Field:
    """The field as Spark has it: of a plain type, and with room for nulls, which Spark's own conversions need."""
    return field.with_type(_plain(field.type)).with_nullable(True)


def _plain(kind: pyarrow.DataType) -> pyarrow.DataType:
    """The type as Spark has it: texts of one kind, and no dictionaries."""
    import pyarrow

    if pyarrow.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pyarrow.types.is_string_view(kind):
        return pyarrow.string()
    if pyarrow.types.is_list(kind):
        return pyarrow.list_(_plain_field(kind.value_field))
    if pyarrow.types.is_struct(kind):
        return pyarrow.struct([_plain_field(field) for field in kind])
    return kind
