"""Frames of many rows: the library alone, what each kind of frame takes to be converted, and the whole.

``python benches/frames.py PACK [--rows N]`` with a pack as for ``verdicts.py``. The cases are drawn once, 5 % of the
values unknown; each figure is the best of three runs on one thread. *The library alone* goes from its own columns to
its own columns. With ``--core PROGRAM`` another program asks the library too, without Python, about the same columns:
``cargo build --release -p liniment-cli --example columns`` makes ``target/release/examples/columns``. ``--columns FILE``
keeps the columns for another run.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from timing import best

import liniment
from liniment import _pandas
from liniment._core import Column, frame_of_columns
from liniment.frames import Output, Reading


def table(kb: liniment.KnowledgeBase, rows: int) -> pa.Table:
    """A column for each fact."""
    numbers = np.random.default_rng(0)
    columns: dict[str, pa.Array] = {}
    for fact in kb.facts.values():
        unknown = numbers.random(rows) < 0.05
        low, high = (end if isinstance(end, int | float) else 0 for end in (fact.from_, fact.to))
        match fact.kind:
            case "yes_no":
                column = pa.array(numbers.random(rows) < 0.5, mask=unknown)
            case "choice" | "scale":
                places = pa.array(numbers.integers(len(fact.options), size=rows, dtype=np.int8), mask=unknown)
                column = pa.DictionaryArray.from_arrays(
                    places, pa.array([option.id for option in fact.options])
                )
            case "integer":
                column = pa.array(numbers.integers(int(low), int(high) + 1, size=rows), mask=unknown)
            case _:
                column = pa.array(numbers.uniform(low, high, rows), mask=unknown)
        columns[fact.id] = column
    return pa.table(columns)


class Kind(NamedTuple):
    """The rows in a kind of frame, and how they come into Arrow and the answer out of it."""

    frame: Any
    into: Callable[[Any], Any]
    out_of: Callable[[liniment.Frame], Any]


PANDAS: dict[pa.DataType, Any] = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}
"""Types of pandas with room for what is unknown; for floats it has NaN, for texts categories."""


def of_pyarrow(_kb: liniment.KnowledgeBase, columns: pa.Table, _reading: Reading) -> Kind:
    return Kind(columns, take, pa.table)


def of_polars(_kb: liniment.KnowledgeBase, columns: pa.Table, _reading: Reading) -> Kind:
    return Kind(pl.DataFrame(columns), take, pl.DataFrame)


def of_pandas(kb: liniment.KnowledgeBase, columns: pa.Table, reading: Reading) -> Kind:
    people = columns.to_pandas(types_mapper=PANDAS.get)
    facts = kb.fact_ids
    return Kind(
        people,
        lambda frame: _pandas.columns_of(frame, facts, reading),
        lambda answer: _pandas.frame_of(answer, people, facts, reading),
    )


KINDS: dict[str, Callable[[liniment.KnowledgeBase, pa.Table, Reading], Kind]] = {
    "pyarrow": of_pyarrow,
    "Polars": of_polars,
    "pandas": of_pandas,
}


def take(frame: Any) -> None:
    """Takes every row as the library does, and looks at none."""
    for _ in pa.RecordBatchReader.from_stream(frame):
        pass


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--output", choices=("masks", "verdicts"), help="only this one")
    parser.add_argument("--frame", choices=tuple(KINDS), help="only this kind")
    parser.add_argument("--core", type=Path, help="the program that asks the library alone")
    parser.add_argument("--columns", type=Path, help="an Arrow file, written when it is not there")
    arguments = parser.parse_args()
    kb = liniment.load(arguments.pack)
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.columns or Path(folder) / "columns.arrow"
        if not file.exists():
            drawn = table(kb, arguments.rows)
            with pa.ipc.new_file(file, drawn.schema) as writer:
                writer.write_table(drawn)
        columns = pa.ipc.open_file(file).read_all()
        outputs: list[Output] = ["masks", "verdicts"]
        told("output", "frame", "into Arrow", "the library", "out of Arrow", "together", "measured", "rate")
        for output in outputs:
            if arguments.output in (None, output):
                if arguments.core is not None:
                    asked = subprocess.check_output([arguments.core, arguments.pack, file, output], text=True)
                    for what, seconds in zip(("dropped", "kept"), asked.split(), strict=True):
                        told(
                            output,
                            f"none: in Rust, answers {what}",
                            *[""] * 4,
                            *ends(columns, float(seconds)),
                        )
                measure(kb, columns, output, arguments.frame)


def told(*cells: object) -> None:
    """A line of the table."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def ends(columns: pa.Table, seconds: float) -> tuple[str, str]:
    """What a line ends with."""
    return f"{seconds:.3f} s", f"{len(columns) / seconds / 1e6:.1f} million rows/s"


def measure(kb: liniment.KnowledgeBase, columns: pa.Table, output: Output, only: str | None) -> None:
    """The lines of one output."""
    reading = Reading.of(
        None, (), others="refuse", output=output, on_bad="raise", now=None, chunk_rows=65_536
    )
    own = frame_of_columns([(name, Column.arrow(columns[name])) for name in columns.column_names])
    alone = best(lambda: reading.rows(kb, own).collect())
    told(output, "none: the library alone", *[""] * 4, *ends(columns, alone))
    answer = reading.rows(kb, own).collect()
    for name, make in KINDS.items():
        if only not in (None, name):
            continue
        kind = make(kb, columns, reading)
        into = best(kind.into, kind.frame)
        out_of = best(kind.out_of, answer)
        whole = best(kb.advise_frame, kind.frame, output=output)
        parts = (f"{seconds:.3f} s" for seconds in (into, alone, out_of, into + alone + out_of))
        told(output, name, *parts, *ends(columns, whole))


if __name__ == "__main__":
    main()
