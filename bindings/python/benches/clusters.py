"""Rows a second on more than one process: Spark with two workers, or Dask, whichever is installed.

``python benches/clusters.py [--rows N]``: the calf packs, five facts told in part; each figure is the best of three
runs, with everything that the engine itself does around it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from timing import best

import liniment
from liniment.frames import Output

OUTPUTS: list[Output] = ["verdicts", "recommended"]


def squad(rows: int) -> pa.Table:
    """Made-up runners."""
    numbers = np.random.default_rng(0)

    def told(values: list[Any]) -> pa.Array:
        return pa.array(values).take(pa.array(numbers.integers(len(values), size=rows)))

    return pa.table(
        {
            "runner": pa.array(np.arange(rows)),
            "onset_setting": told(["during_exercise", "at_night", None]),
            "muscles_affected": told(["calf_only", "all_muscles", None]),
            "cramp_state": told(["active", "released", None]),
            "in_session": told([True, False, None]),
            "time_since_release": told([dt.timedelta(hours=hours) for hours in range(0, 500, 7)]),
        }
    )


def told(what: str, seconds: float, rows: int) -> None:
    """A line of the table."""
    print(f"{what:<36} {seconds:8.3f} s  {rows / seconds / 1e6:8.2f} million rows/s", flush=True)


def spark(kb: liniment.KnowledgeBase, columns: pa.Table) -> None:
    """Two workers of one core each."""
    from pyspark.sql import SparkSession

    import liniment.spark

    os.environ["PYTHONPATH"] = str(Path(liniment.__file__).parents[1])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "2g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    frame = session.createDataFrame(columns).repartition(4).cache()
    frame.count()
    passed_on = frame.mapInArrow(lambda batches: batches, frame.schema)
    told("Spark, rows passed on as they are", best(run, passed_on), len(columns))
    for output in OUTPUTS:
        answer = liniment.spark.advise(frame, kb, keep=["runner"], output=output)
        told(f"Spark, {output}", best(run, answer), len(columns))
    session.stop()


def run(frame: Any) -> None:
    """Works out every row, and writes none."""
    frame.write.format("noop").mode("overwrite").save()


def dask(kb: liniment.KnowledgeBase, columns: pa.Table) -> None:
    """Two threads."""
    import dask.dataframe
    import pandas as pd

    people = columns.to_pandas(types_mapper=pd.ArrowDtype)
    frames: Any = dask.dataframe
    parts = frames.from_pandas(people, npartitions=4)
    for output in OUTPUTS:
        advised = partial(kb.advise_frame, keep=["runner"], output=output)
        counted = parts.map_partitions(advised, meta=advised(people.head(0))).map_partitions(
            len, meta=(None, "int64")
        )
        told(f"Dask, {output}", best(counted.compute, scheduler="threads", num_workers=2), len(columns))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    arguments = parser.parse_args()
    kb = liniment.load("calf-cramps", "leg-red-flags")
    columns = squad(arguments.rows)
    for output in OUTPUTS:
        alone = best(kb.advise_frame, columns, keep=["runner"], output=output)
        told(f"one process, one thread, {output}", alone, arguments.rows)
    if importlib.util.find_spec("pyspark") is not None:
        spark(kb, columns)
    if importlib.util.find_spec("dask") is not None:
        dask(kb, columns)


if __name__ == "__main__":
    main()
