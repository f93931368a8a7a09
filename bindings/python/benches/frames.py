"""Frames of many rows: rows a second through each way, and what the conversion takes of it.

``python benches/frames.py PACK [--rows N]`` with a pack as for ``verdicts.py``. The cases are drawn once, 5 % of the
values unknown; each figure is the best of three runs on one thread.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from timing import best

import liniment
from liniment.frames import Output


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    arguments = parser.parse_args()
    kb = liniment.load(arguments.pack)
    columns = table(kb, arguments.rows)
    frame = pl.DataFrame(columns)
    some = columns.slice(0, arguments.rows // 10)

    def told(what: str, seconds: float, rows: int) -> None:
        print(f"{what:<46} {seconds:8.3f} s  {rows / seconds / 1e6:8.2f} million rows/s", flush=True)

    outputs: list[Output] = ["masks", "verdicts"]
    for output in outputs:
        told(f"pyarrow, {output}", best(kb.advise_frame, columns, output=output), len(columns))
        told(f"Polars, {output}", best(kb.advise_frame, frame, output=output), len(columns))
    people: pd.DataFrame = some.to_pandas()
    told("pandas, verdicts, a tenth of the rows", best(kb.advise_frame, people), len(some))
    told("  of which pandas to Arrow", best(pa.Table.from_pandas, people), len(some))
    answer = kb.advise_frame(some)
    told("  of which Arrow to pandas", best(answer.to_pandas), len(some))


if __name__ == "__main__":
    main()
