"""Spark frames on two real workers: the same answers as one process."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from counted import Counted
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession

import liniment
import liniment.spark
from liniment.frames import Output

OUTPUTS: list[Output] = ["verdicts", "masks", "recommended", "advice", "next_question", "json"]


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    found = [str(Path(liniment.__file__).parents[1]), str(Path(__file__).parent)]
    os.environ["PYTHONPATH"] = os.pathsep.join([*found, os.environ.get("PYTHONPATH", "")])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        # Two workers of one core each, processes of their own.
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def cases() -> list[dict[str, Any]]:
    def pick(values: list[Any], number: int) -> Any:
        return values[number % len(values)]

    return [
        {
            "runner": number,
            "onset_setting": pick(["during_exercise", "at_night", None], number),
            "muscles_affected": pick(["calf_only", "calf_only", "all_muscles", None], number // 3),
            "cramp_state": pick(["active", "released", "none", None], number // 5),
            "in_session": pick([True, False, None], number // 7),
            "goals": pick([["recover"], ["relieve", "prevent"], [], None], number // 11),
            "time_since_release": pick([dt.timedelta(hours=1), dt.timedelta(days=4), None], number // 13),
        }
        for number in range(1_000)
    ]


SCHEMA = (
    "runner int, onset_setting string, muscles_affected string, cramp_state string, in_session boolean,"
    " goals array<string>, time_since_release interval day to second"
)


@pytest.fixture(scope="session")
def squad(spark: SparkSession, cases: list[dict[str, Any]]) -> DataFrame:
    return spark.createDataFrame(cases, SCHEMA).repartition(8, "runner").cache()


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_same_as_one_process(
    kb: liniment.KnowledgeBase, squad: DataFrame, cases: list[dict[str, Any]], output: Output
) -> None:
    found = liniment.spark.advise(squad, kb, keep=["runner"], output=output)
    rows = {row["runner"]: row for row in found.toArrow().to_pylist()}
    here = kb.advise_frame(pa.Table.from_pylist(cases), keep=["runner"], output=output)
    assert len(rows) == len(cases)
    assert [rows[number] for number in range(len(cases))] == here.to_pylist()


def test_the_schema_is_known_before_anything_runs(squad: DataFrame) -> None:
    packs = ["calf-cramps", "leg-red-flags"]
    answer = liniment.spark.advise(squad, packs, keep=["runner"], output="next_question")
    assert answer.schema.simpleString() == "struct<runner:int,next_question:string,ask:string>"
    with pytest.raises(liniment.CaseError, match="did you mean `cramp_state`"):
        liniment.spark.advise(squad.withColumnRenamed("cramp_state", "cramp_stat"), packs, keep=["runner"])


def test_the_example_of_the_pages(squad: DataFrame) -> None:
    page = Path(__file__).parents[2] / "docs/clusters.md"
    example = page.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    names: dict[str, Any] = {"liniment": liniment, "squad": squad}
    exec(example, names)
    assert names["advised"].columns == ["runner", "next_question", "ask"]
    assert names["advised"].count() == squad.count()


def test_moments(kb: liniment.KnowledgeBase, spark: SparkSession) -> None:
    now = dt.datetime(2026, 5, 2, 12, tzinfo=dt.UTC)
    row = {"cramp_state": "released", "time_since_release": now - dt.timedelta(hours=20)}
    frame = spark.createDataFrame([row], "cramp_state string, time_since_release timestamp")
    answer = liniment.spark.advise(frame, kb, now=now, output="json").collect()
    case = row | {"time_since_release": dt.timedelta(hours=20)}
    assert answer[0]["json"] == kb.advise(case).to_json()


def test_an_error_of_a_worker_names_row_and_column(kb: liniment.KnowledgeBase, spark: SparkSession) -> None:
    states = [("active",)] * 250 + [("activ",)]
    frame = spark.createDataFrame(states, "cramp_state string").coalesce(1)
    with pytest.raises(PythonException) as caught:
        liniment.spark.advise(frame, kb).collect()
    for words in ("partition 0", "row 251", "`cramp_state`", "`activ`", "did you mean `active`"):
        assert words in str(caught.value)
    rows = liniment.spark.advise(frame, kb, on_bad="null").collect()
    assert [row["_bad"] for row in rows] == [False] * 250 + [True]


def test_each_worker_compiles_the_packs_once(squad: DataFrame, kb: liniment.KnowledgeBase) -> None:
    counted = Counted(kb.pack_texts)
    assert squad.rdd.getNumPartitions() == 8
    assert liniment.spark.advise(squad, counted, keep=["runner"]).count() == 1_000

    def look(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        yield pa.RecordBatch.from_pylist([{"process": os.getpid(), "compiled": Counted.compiled}])

    # Every partition tells about the process that it is worked on in.
    seen = squad.mapInArrow(look, "process long, compiled long").distinct().collect()
    assert len({row["process"] for row in seen}) == 2
    assert [row["compiled"] for row in seen] == [1, 1]
