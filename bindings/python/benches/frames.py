"""Frames of many rows: the library alone, what each kind of frame takes to be converted, and the whole.

``python benches/frames.py PACK CORE [--rows N]`` with a pack as for ``verdicts.py``, and with the program that asks the
library alone: ``target/release/examples/columns``, which ``cargo build --release -p liniment-cli --example columns``
makes. The cases are drawn once, 5 % of the values unknown; the program reads the same columns from a file. Each figure
is the best of three runs on one thread.
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


def kinds(kb: liniment.KnowledgeBase, columns: pa.Table, reading: Reading) -> dict[str, Kind]:
    """The same rows in each kind."""
    people = columns.to_pandas(types_mapper=PANDAS.get)
    facts = kb.fact_ids
    return {
        "pyarrow": Kind(columns, take, pa.table),
        "Polars": Kind(pl.DataFrame(columns), take, pl.DataFrame),
        "pandas": Kind(
            people,
            lambda frame: _pandas.columns_of(frame, facts, reading),
            lambda answer: _pandas.frame_of(answer, people, facts, reading),
        ),
    }


def take(frame: Any) -> None:
    """Takes every row as the library does, and looks at none."""
    for _ in pa.RecordBatchReader.from_stream(frame):
        pass


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("core", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    arguments = parser.parse_args()
    kb = liniment.load(arguments.pack)
    columns = table(kb, arguments.rows)

    def told(*cells: object) -> None:
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)

    def rate(seconds: float) -> str:
        return f"{arguments.rows / seconds / 1e6:.1f} million rows/s"

    outputs: list[Output] = ["masks", "verdicts"]
    told("output", "frame", "into Arrow", "the library", "out of Arrow", "together", "measured", "rate")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "columns.arrow"
        with pa.ipc.new_file(file, columns.schema) as writer:
            writer.write_table(columns)
        for output in outputs:
            asked = subprocess.check_output([arguments.core, arguments.pack, file, output], text=True)
            dropped, kept = map(float, asked.split())
            told(output, "none, each chunk dropped", "", "", "", "", f"{dropped:.3f} s", rate(dropped))
            told(output, "none, the answer kept", "", "", "", "", f"{kept:.3f} s", rate(kept))
            reading = Reading.of(
                None, (), others="refuse", output=output, on_bad="raise", now=None, chunk_rows=65_536
            )
            for name, kind in kinds(kb, columns, reading).items():
                into = best(kind.into, kind.frame)
                answer = reading.rows(kb, columns).collect()
                out_of = best(kind.out_of, answer)
                del answer
                whole = best(kb.advise_frame, kind.frame, output=output)
                parts = [f"{seconds:.3f} s" for seconds in (into, kept, out_of, into + kept + out_of)]
                told(output, name, *parts, f"{whole:.3f} s", rate(whole))


if __name__ == "__main__":
    main()
