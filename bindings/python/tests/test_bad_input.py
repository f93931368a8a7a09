"""What is wrong is one clear exception, and never half a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import liniment

NOW = dt.datetime(2026, 5, 2, 12)
HUGE = "a" * 10_000_000

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt fact": ({"cramp_stat": "active"}, "unknown fact `cramp_stat`; did you mean `cramp_state`"),
    "a misspelt option": ({"cramp_state": "activ"}, "`cramp_state`.*did you mean `active`"),
    "a number for a choice": ({"cramp_state": 3}, "`cramp_state`"),
    "a text for a yes or no": ({"in_session": "yes"}, "`in_session`"),
    "a number for a yes or no": ({"in_session": 1}, "`in_session`"),
    "NaN": ({"body_temp_c": float("nan")}, "`body_temp_c`"),
    "NaN of numpy": ({"body_temp_c": np.float64("nan")}, "`body_temp_c`"),
    "infinity": ({"body_temp_c": float("inf")}, "`body_temp_c`"),
    "out of range": ({"body_temp_c": 52.0}, "`body_temp_c`"),
    "more than 64 bits": ({"body_temp_c": 10**30}, "`body_temp_c`.*64 bits"),
    "more digits than Python writes": ({"body_temp_c": 10**5_000}, "`body_temp_c`.*64 bits"),
    "a negative time": ({"time_since_release": dt.timedelta(hours=-1)}, "`time_since_release`"),
    "a huge text": ({"cramp_state": HUGE}, "`cramp_state`"),
    "a huge name": ({HUGE: True}, "unknown fact"),
    "half a character": ({"cramp_state": "\ud800"}, "`cramp_state`.*surrogate"),
    "a moment without now": ({"time_since_release": NOW}, "`time_since_release`.*now="),
    "a date": ({"time_since_release": NOW.date()}, "`time_since_release`.*a date is no moment"),
    "a generator": ({"goals": (goal for goal in ["recover"])}, "`goals`.*an iterator is no value"),
    "an object": ({"cramp_state": object()}, "`cramp_state`"),
    "a class": ({"cramp_state": str}, "`cramp_state`"),
    "an option twice over": ({"goals": ["recover", "recovr"]}, "`goals.*did you mean `recover`"),
    "a definition": ({"recovering": True}, "`recovering`"),
    "a range upside down": ({"body_temp_c": liniment.between(40, 35)}, "`body_temp_c`"),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(kb: liniment.KnowledgeBase, name: str) -> None:
    facts, words = CASES[name]
    asks: list[Callable[..., object]] = [kb.advise, kb.verdicts, kb.case, kb.plan, kb.interview]
    messages = set()
    for ask in asks:
        with pytest.raises(liniment.CaseError, match=words) as caught:
            ask({"cramp_state": "active"} | facts)
        messages.add(str(caught.value))
    (message,) = messages
    assert "\n" not in message
    assert len(message) < 1_000


@pytest.mark.parametrize(
    "case", [(fact for fact in ["cramp_state"]), iter({}), "cramp_state", b"{}", 3, [1], dict, object()]
)
def test_what_is_no_case(kb: liniment.KnowledgeBase, case: Any) -> None:
    with pytest.raises(liniment.CaseError, match="no case"):
        kb.advise(case)


def test_a_frame_is_no_case(kb: liniment.KnowledgeBase) -> None:
    for frame in (pd.DataFrame({"in_session": [True]}), pl.DataFrame({"in_session": [True]})):
        with pytest.raises(liniment.CaseError, match="many cases"):
            kb.advise(frame)


def test_moments_with_and_without_a_zone(kb: liniment.KnowledgeBase) -> None:
    zoned = NOW.replace(tzinfo=dt.UTC)
    for moment, now in [(NOW, zoned), (zoned, NOW)]:
        with pytest.raises(
            liniment.CaseError, match=r"`time_since_release`.*both have a time zone, or neither"
        ):
            kb.advise(time_since_release=moment, now=now)
        frame = pl.DataFrame({"time_since_release": [moment - dt.timedelta(hours=1)]})
        with pytest.raises(liniment.CaseError, match="both have a time zone, or neither"):
            kb.advise_frame(frame, now=now)
    mixed = pd.DataFrame({"time_since_release": [NOW, zoned]}, dtype=object)
    with pytest.raises(liniment.CaseError, match="`time_since_release`"):
        kb.advise_frame(mixed, now=zoned)
    with pytest.raises(liniment.CaseError, match="`time_since_release`"):
        kb.advise(time_since_release=NOW + dt.timedelta(hours=1), now=NOW)


FRAMES: dict[str, tuple[Any, dict[str, Any], str]] = {
    "a misspelt column": ({"cramp_stat": ["active"]}, {}, "did you mean `cramp_state`"),
    "a column that is not there": (
        {"cramp_state": ["active"], "sesion": [True]},
        {"columns": {"in_session": "session"}, "others": "drop"},
        "`session`.*did you mean `sesion`",
    ),
    "a kept column that is not there": ({"cramp_state": ["active"]}, {"keep": ["name"]}, "`name`"),
    "numbers for a choice": ({"cramp_state": [1.5]}, {}, "`cramp_state`"),
    "numbers for a yes or no": ({"in_session": [1]}, {}, "`in_session`"),
    "bytes for a choice": ({"cramp_state": [b"active"]}, {}, "`cramp_state`"),
    "structs for a choice": ({"cramp_state": [{"a": 1}]}, {}, "`cramp_state`"),
    "a text for a list": ({"goals": ["recovr"]}, {}, "row 1.*`goals`.*did you mean `recover`"),
    "NaN": ({"body_temp_c": [37.0, float("nan")]}, {}, "row 2.*`body_temp_c`"),
    "infinity": ({"body_temp_c": [float("-inf")]}, {}, "row 1.*`body_temp_c`"),
    "a huge text": ({"cramp_state": ["active", HUGE]}, {}, "row 2.*`cramp_state`"),
    "a negative time": ({"time_since_release": [dt.timedelta(hours=-1)]}, {}, "row 1.*`time_since_release`"),
    "moments without now": ({"time_since_release": [NOW]}, {}, "`time_since_release`"),
    "a moment after now": ({"time_since_release": [NOW]}, {"now": NOW - dt.timedelta(1)}, "row 1"),
    "no fact at all": ({"name": ["Ada"]}, {"others": "drop"}, "fact"),
    "one column for two facts": (
        {"state": ["active"]},
        {"columns": {"cramp_state": "state", "onset_setting": "state"}},
        "row 1|`state`",
    ),
}


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("kind", [pl.DataFrame, pa.table])
def test_frames(kb: liniment.KnowledgeBase, name: str, kind: Callable[[Any], Any]) -> None:
    columns, options, words = FRAMES[name]
    with pytest.raises(liniment.CaseError, match=words) as caught:
        kb.advise_frame(kind(columns), **options)
    assert len(str(caught.value)) < 1_000
    assert "\n" not in str(caught.value)


def test_a_column_of_pandas_with_several_types(kb: liniment.KnowledgeBase) -> None:
    for values in (["active", 3], ["active", object()], [True, "active"]):
        with pytest.raises(liniment.CaseError, match="`cramp_state`"):
            kb.advise_frame(pd.DataFrame({"cramp_state": pd.Series(values, dtype=object)}))


def test_nan_in_pandas_is_unknown(kb: liniment.KnowledgeBase) -> None:
    """In a frame of pandas NaN is how a value that is missing is written."""
    frame = pd.DataFrame({"body_temp_c": [41.0, float("nan")], "cramp_state": ["active", None]})
    answer = kb.advise_frame(frame, output="json")["json"]
    assert list(answer) == [
        kb.advise(body_temp_c=41.0, cramp_state="active").to_json(),
        kb.advise().to_json(),
    ]


def test_a_frame_without_rows_is_checked_all_the_same(kb: liniment.KnowledgeBase) -> None:
    answer = kb.advise_frame(pl.DataFrame(schema={"cramp_state": pl.String}))
    assert answer.shape == (0, len(kb.advice_ids))
    with pytest.raises(liniment.CaseError, match="`cramp_state`"):
        kb.advise_frame(pl.DataFrame(schema={"cramp_state": pl.Float64}))
    with pytest.raises(liniment.CaseError):
        kb.advise_frame(pl.DataFrame())


@pytest.mark.parametrize(
    "frame",
    [
        ({} for _ in range(2)),
        iter([pl.DataFrame()]),
        [{"cramp_state": "active"}],
        {"cramp_state": ["active"]},
        "frame",
        3,
        None,
        np.zeros((2, 2)),
        pd.Series(["active"], name="cramp_state"),
        pl.Series("cramp_state", ["active"]),
        pa.array(["active"]),
        pa.chunked_array([["active"]]),
    ],
)
def test_what_is_no_frame(kb: liniment.KnowledgeBase, frame: Any) -> None:
    with pytest.raises(liniment.CaseError, match="no frame"):
        kb.advise_frame(frame)


def test_a_reader_that_fails_halfway(kb: liniment.KnowledgeBase) -> None:
    def rows() -> Any:
        yield pa.record_batch({"cramp_state": ["active"]})
        raise RuntimeError("the wire was cut")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"cramp_state": pa.string()}), rows())
    with pytest.raises(Exception, match="the wire was cut"):
        kb.advise_frame(reader).read_all()


# The types would not let such calls pass.
CARELESS: Any = liniment

CALLS: dict[str, tuple[Callable[[Any], object], type[Exception], str]] = {
    "packs in a list": (
        lambda _: CARELESS.load(["calf-cramps"]),
        TypeError,
        r"found a list;.*load\(\*packs\)",
    ),
    "no pack": (lambda _: CARELESS.load(None), TypeError, "found a NoneType"),
    "bytes in a pack": (
        lambda _: CARELESS.load({"pack.ron": b""}),
        liniment.CaseError,
        "files to their texts",
    ),
    "a limit below zero": (
        lambda _: CARELESS.load(limits={"boxes": -1}),
        liniment.CaseError,
        "boxes.*from 0, found -1",
    ),
    "a limit in words": (
        lambda _: CARELESS.load(limits={"boxes": "two"}),
        liniment.CaseError,
        "boxes.*found 'two'",
    ),
    "a budget below zero": (lambda kb: kb.prove(budget=-1), liniment.CaseError, "budget= is a whole number"),
    "a horizon in numbers": (lambda kb: kb.plan(horizon=3), liniment.CaseError, 'such as "21d".*found 3'),
    "a horizon behind": (
        lambda kb: kb.plan(horizon=dt.timedelta(-1)),
        liniment.CaseError,
        "a length of time ahead",
    ),
    "an endless horizon": (
        lambda kb: kb.plan(horizon=dt.timedelta.max),
        liniment.CaseError,
        "a length of time ahead",
    ),
    "reports in a list": (
        lambda _: CARELESS.reports(["active", "released"]),
        liniment.CaseError,
        "from source to value",
    ),
    "reports in a text": (lambda _: CARELESS.reports("active"), liniment.CaseError, "from source to value"),
    "options in a text": (
        lambda _: CARELESS.options(includes="recover"),
        liniment.CaseError,
        "includes= is a list",
    ),
    "a class without a name": (
        lambda kb: kb.case_type("3 x"),
        liniment.CaseError,
        "name= is the name of a class",
    ),
    "a verdict that is none": (
        lambda kb: kb.why_not("ice", wanted="recomend"),
        ValueError,
        "no verdict `recomend`",
    ),
    "an advice that is none": (lambda kb: kb.explain("ise"), liniment.UnknownNameError, "did you mean `ice`"),
}


@pytest.mark.parametrize("name", CALLS)
def test_calls(kb: liniment.KnowledgeBase, name: str) -> None:
    call, kind, words = CALLS[name]
    with pytest.raises(kind, match=words) as caught:
        call(kb)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"output": None}, "no output `None`"),
        ({"keep": "name"}, "keep= is a list of names of columns, found 'name'"),
        ({"keep": 3}, "keep= is a list"),
        ({"columns": ["cramp_state"]}, "columns= is a mapping from fact to column"),
        ({"columns": {"state": "cramp_state"}}, "`cramp_state` is the fact: write {'cramp_state': 'state'}"),
        ({"threads": -1}, "threads= is a whole number from 0, found -1"),
        ({"chunk_rows": 0.5}, "chunk_rows= is a whole number from 0, found 0.5"),
        ({"output": "verdict"}, "no output `verdict`"),
        ({"on_bad": "skip"}, "no on_bad `skip`"),
        ({"others": "all"}, "no others `all`"),
        ({"now": "yesterday"}, "now= is a datetime"),
    ],
)
def test_options(kb: liniment.KnowledgeBase, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        kb.advise_frame(pl.DataFrame({"cramp_state": ["active"]}), **options)
