"""Frames of every kind: the same answers as case by case, in kind, nulls kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import datafusion
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import liniment


@pytest.fixture(scope="module")
def cases(kb: liniment.KnowledgeBase) -> list[dict[str, Any]]:
    states = [option.id for option in kb.facts["cramp_state"].options]
    settings = [option.id for option in kb.facts["onset_setting"].options]
    numbers = np.random.default_rng(7)

    def one_of(values: list[Any]) -> Any:
        return values[int(numbers.integers(len(values)))]

    return [
        {
            "onset_setting": one_of([*settings, None]),
            "muscles_affected": one_of(["calf_only", None]),
            "cramp_state": one_of([*states, None]),
            "in_session": one_of([True, False, None]),
            "goals": one_of([["recover"], ["relieve", "prevent"], [], None]),
            "time_since_release": one_of([dt.timedelta(hours=1), dt.timedelta(days=4), None]),
        }
        for _ in range(300)
    ]


def rows(answer: Any) -> list[dict[str, Any]]:
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    if isinstance(answer, pl.DataFrame):
        return answer.to_dicts()
    if isinstance(answer, pd.DataFrame):
        plain = answer.astype(object).where(answer.notna(), None)
        return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
    if isinstance(answer, pa.RecordBatchReader):
        answer = answer.read_all()
    if isinstance(answer, datafusion.DataFrame):
        answer = answer.to_arrow_table()
    if isinstance(answer, liniment.Frame | duckdb.DuckDBPyRelation):
        answer = pa.table(answer)
    return list(answer.to_pylist())


def test_every_kind_of_frame_says_what_the_cases_say(
    kb: liniment.KnowledgeBase, cases: list[dict[str, Any]]
) -> None:
    expected = [kb.verdicts(case).to_dict() for case in cases]
    table_ = pa.table({name: [case[name] for case in cases] for name in cases[0]})
    kinds: dict[str, type] = {
        "pyarrow": pa.Table,
        "pyarrow in chunks": pa.Table,
        "pyarrow reader": pa.RecordBatchReader,
        "polars": pl.DataFrame,
        "polars lazy": pl.LazyFrame,
        "pandas": pd.DataFrame,
        "pandas arrow types": pd.DataFrame,
        "duckdb": duckdb.DuckDBPyRelation,
        "datafusion": datafusion.DataFrame,
    }
    given = {
        "pyarrow": table_,
        "pyarrow in chunks": pa.Table.from_batches(table_.to_batches(max_chunksize=17)),
        "pyarrow reader": pa.RecordBatchReader.from_batches(
            table_.schema, table_.to_batches(max_chunksize=50)
        ),
        "polars": pl.DataFrame(cases),
        "polars lazy": pl.DataFrame(cases).lazy(),
        "pandas": pd.DataFrame(cases),
        "pandas arrow types": table_.to_pandas(types_mapper=pd.ArrowDtype),
        "duckdb": duckdb.sql("select * from table_"),
        "datafusion": datafusion.SessionContext().from_arrow(table_),
    }
    for kind, frame in given.items():
        answer = kb.advise_frame(frame)
        assert isinstance(answer, kinds[kind]), kind
        found = [
            {name: verdict for name, verdict in row.items() if verdict is not None} for row in rows(answer)
        ]
        assert found == expected, kind


def test_outputs(kb: liniment.KnowledgeBase, cases: list[dict[str, Any]]) -> None:
    some = cases[:25]
    frame = pl.DataFrame(some)
    texts = kb.advise_frame(frame, output="json")["json"].to_list()
    assert texts == [kb.advise(case).to_json() for case in some]
    questions = kb.advise_frame(frame, output="next_question")["next_question"].to_list()
    first = [next((question.fact for question in kb.questions(case)), None) for case in some]
    assert questions == first
    lists = kb.advise_frame(frame, output="lists")["recommended"].to_list()
    recommended = [[item.id for item in kb.advise(case) if item.verdict == "recommend"] for case in some]
    assert lists == recommended
    masks = kb.advise_frame(frame, output="mask")
    assert masks.dtypes == [pl.Boolean] * masks.width
    advice = kb.advise_frame(frame, output="advice")["advice"].to_list()
    assert [[item["id"] for item in row] for row in advice] == [list(kb.advise(case).ids) for case in some]


def test_pandas_keeps_its_index_and_other_columns(kb: liniment.KnowledgeBase) -> None:
    squad = pd.DataFrame(
        {"state": ["active", None], "name": ["Ada", "Ben"], "in_session": [True, None]}, index=["x", "y"]
    )
    answer = kb.advise_frame(squad, columns={"cramp_state": "state"}, keep=["name"])
    assert list(answer.index) == ["x", "y"]
    assert list(answer["name"]) == ["Ada", "Ben"]
    assert list(answer.columns)[1:] == kb.advice_ids


def test_moments(kb: liniment.KnowledgeBase) -> None:
    now = dt.datetime(2026, 5, 2, 12)
    frame = pl.DataFrame(
        {"time_since_release": [now - dt.timedelta(hours=20), None], "cramp_state": ["released"] * 2}
    )
    case = {"time_since_release": dt.timedelta(hours=20), "cramp_state": "released"}
    answer = kb.advise_frame(frame, now=now, output="json")["json"][0]
    assert answer == kb.advise(case).to_json()
    with pytest.raises(liniment.CaseError, match="both have a time zone"):
        kb.advise_frame(frame, now=now.replace(tzinfo=dt.UTC))
    with pytest.raises(liniment.CaseError):
        kb.advise_frame(frame)


@pytest.mark.parametrize(
    ("frame", "options", "words"),
    [
        ({"cramp_stat": ["active"]}, {}, "did you mean `cramp_state`"),
        ({"cramp_state": ["active"]}, {"columns": {"in_session": "session"}}, "session"),
        ({"cramp_state": [1.5]}, {}, "cramp_state"),
        ({"cramp_state": ["active", "activ"]}, {}, "did you mean `active`"),
        ({"in_session": ["maybe"]}, {}, "in_session"),
        ({"name": ["Ada"]}, {"others": "drop"}, "fact"),
    ],
)
def test_bad_columns_and_values(
    kb: liniment.KnowledgeBase, frame: dict[str, list[Any]], options: dict[str, Any], words: str
) -> None:
    with pytest.raises(liniment.CaseError, match=words):
        kb.advise_frame(pl.DataFrame(frame), **options)


def test_bad_rows_are_named_or_counted_as_unknown(kb: liniment.KnowledgeBase) -> None:
    frame = pl.DataFrame({"cramp_state": ["active", "activ", None], "muscles_affected": ["calf_only"] * 3})
    with pytest.raises(liniment.CaseError, match="row 2") as caught:
        kb.advise_frame(frame)
    assert "cramp_state" in str(caught.value)
    answer = kb.advise_frame(frame, on_bad="null")
    assert answer["_bad"].to_list() == [False, True, False]
    assert answer.drop("_bad").row(1) == answer.drop("_bad").row(2)


@pytest.mark.parametrize(
    "frame", [[{"cramp_state": "active"}], ({} for _ in range(2)), 3, "frame", {"cramp_state": ["active"]}]
)
def test_what_is_no_frame(kb: liniment.KnowledgeBase, frame: Any) -> None:
    with pytest.raises(liniment.CaseError, match="no frame"):
        kb.advise_frame(frame)


def test_pandas_columns_that_do_not_fit(kb: liniment.KnowledgeBase) -> None:
    with pytest.raises(liniment.CaseError, match="several types"):
        kb.advise_frame(pd.DataFrame({"cramp_state": ["active", 3, object()]}))
    with pytest.raises(liniment.CaseError, match="two columns are called"):
        kb.advise_frame(pd.DataFrame([["active", "active"]], columns=["cramp_state", "cramp_state"]))


def test_no_rows(kb: liniment.KnowledgeBase) -> None:
    empty = pl.DataFrame(schema={"cramp_state": pl.String})
    answer = kb.advise_frame(empty)
    assert answer.height == 0
    assert answer.columns == kb.advice_ids
    assert len(kb.advise_frame(empty.to_pandas())) == 0


def test_anything_else_with_columns_gives_a_frame(kb: liniment.KnowledgeBase) -> None:
    answer = kb.advise_frame(Columns(pa.table({"cramp_state": ["active"]})))
    assert isinstance(answer, liniment.Frame)
    assert len(answer) == 1
    assert pa.table(answer) == pa.table(answer)
    assert answer.columns == kb.advice_ids


def test_progress(kb: liniment.KnowledgeBase, capsys: pytest.CaptureFixture[str]) -> None:
    frame = pl.DataFrame({"cramp_state": ["active"] * 100})
    assert kb.advise_frame(frame, progress=True).height == 100
    assert "100/100" in capsys.readouterr().err


def test_progress_without_tqdm(kb: liniment.KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tqdm", "tqdm.auto"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match="progress=True shows a bar of tqdm"):
        kb.advise_frame(pl.DataFrame({"cramp_state": ["active"]}), progress=True)


class Columns:
    """Columns of nobody's frame."""

    def __init__(self, rows: pa.Table | pa.RecordBatchReader) -> None:
        self.rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.rows.__arrow_c_stream__(requested_schema)


def test_an_interrupt_ends_it_soon(kb: liniment.KnowledgeBase) -> None:
    batch = pa.record_batch({"cramp_state": ["active", None] * 500, "in_session": [True, None] * 500})
    end = time.monotonic() + 60

    def rows() -> Iterator[pa.RecordBatch]:
        while time.monotonic() < end:
            time.sleep(0.001)
            yield batch

    endless = Columns(pa.RecordBatchReader.from_batches(batch.schema, rows()))
    sent = 0.0

    def interrupt() -> None:
        nonlocal sent
        sent = time.monotonic()
        os.kill(os.getpid(), signal.SIGINT)

    # Where the tests run in the background of a shell, Python is told to ignore interrupts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            kb.advise_frame(endless, output="json", chunk_rows=1_000)
    finally:
        signal.signal(signal.SIGINT, before)
    # A second on a quiet machine; the tests also run on busy ones.
    assert time.monotonic() - sent < 5
    timer.join()
    # All is well afterwards.
    answer = kb.advise_frame(pl.DataFrame(batch)[:1], output="json")
    assert json.loads(answer["json"][0])["format"] == 1
