"""Frames of pandas, Polars and DuckDB, also where pyarrow is not installed: `python-plain` runs this file there."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

import liniment

NOW = dt.datetime(2026, 5, 2, 12)
HOUR = dt.timedelta(hours=1)
MASKED = pd.array([True, False, None], dtype="boolean")

# Of three rows the last is unknown.
TEXTS = ["active", "released", None]
TRUTHS = [True, False, None]
DEGREES = [37.0, 41.0, None]
DISTANCES = [HOUR, 30 * HOUR, None]
GOALS = [["recover"], [], None]

COLUMNS: dict[str, tuple[str, list[Any], Any]] = {
    "text": ("cramp_state", TEXTS, pd.Series(TEXTS)),
    "objects of text": ("cramp_state", TEXTS, pd.Series(TEXTS, dtype=object)),
    "text with NaN": ("cramp_state", TEXTS, pd.Series(["active", "released", np.nan], dtype=object)),
    "text of pandas": ("cramp_state", TEXTS, pd.Series(TEXTS, dtype=pd.StringDtype("python"))),
    "text of numpy": (
        "cramp_state",
        TEXTS,
        pd.Series([np.str_("active"), np.str_("released"), None], dtype=object),
    ),
    "categories": ("cramp_state", TEXTS, pd.Series(TEXTS, dtype="category")),
    "many categories": (
        "cramp_state",
        TEXTS,
        pd.Series(pd.Categorical(TEXTS, categories=["active", "released", *map(str, range(300))])),
    ),
    "truths with none": ("in_session", TRUTHS, pd.Series(TRUTHS, dtype=object)),
    "truths of numpy": ("in_session", TRUTHS, pd.Series([np.True_, np.False_, pd.NA], dtype=object)),
    "masked truths": ("in_session", TRUTHS, pd.Series(MASKED)),
    "categories of truths": ("in_session", TRUTHS, pd.Series(TRUTHS, dtype="category")),
    "plain truths": ("in_session", [True, False], pd.Series([True, False])),
    "every second truth": ("in_session", [True, False], pd.Series([True, True, False, True])[::2]),
    "floats": ("body_temp_c", DEGREES, pd.Series(DEGREES)),
    "short floats": ("body_temp_c", DEGREES, pd.Series(DEGREES, dtype="float32")),
    "shorter floats": ("body_temp_c", DEGREES, pd.Series(DEGREES, dtype="float16")),
    "floats of the other order": (
        "body_temp_c",
        DEGREES,
        pd.Series(np.array([37.0, 41.0, np.nan], dtype=">f8")),
    ),
    "masked floats": ("body_temp_c", DEGREES, pd.Series(DEGREES, dtype="Float64")),
    "decimals": ("body_temp_c", DEGREES, pd.Series([Decimal(37), Decimal(41), None])),
    "whole and broken": ("body_temp_c", [37, 41.0, None], pd.Series([37, 41.0, None], dtype=object)),
    "wholes": ("body_temp_c", [37, 41], pd.Series([37, 41], dtype="int8")),
    "wholes without a sign": ("body_temp_c", [37, 41], pd.Series([37, 41], dtype="uint64")),
    "masked wholes": ("body_temp_c", [37, 41, None], pd.Series([37, 41, None], dtype="Int16")),
    "objects of wholes": ("body_temp_c", [37, 41, None], pd.Series([37, 41, None], dtype=object)),
    "sparse floats": ("body_temp_c", DEGREES, pd.Series(pd.arrays.SparseArray([37.0, 41.0, np.nan]))),
    "times": ("time_since_release", DISTANCES, pd.Series(DISTANCES)),
    "times in seconds": ("time_since_release", DISTANCES, pd.Series(DISTANCES).astype("timedelta64[s]")),
    "objects of times": ("time_since_release", DISTANCES, pd.Series(DISTANCES, dtype=object)),
    "times as text": ("time_since_release", DISTANCES, pd.Series(["1h", "PT30H", None])),
    "lists": ("goals", GOALS, pd.Series(GOALS)),
    "tuples and sets": ("goals", GOALS, pd.Series([("recover",), set(), None])),
    "arrays": ("goals", GOALS, pd.Series([np.array(["recover"]), np.array([], dtype=str), None])),
    "nothing, as numbers": ("cramp_state", [None, None], pd.Series([np.nan, np.nan])),
    "nothing, as text": ("in_session", [None], pd.Series([None], dtype=pd.StringDtype("python"))),
    "nothing": ("cramp_state", [None, None], pd.Series([None, np.nan], dtype=object)),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_of_pandas(kb: liniment.KnowledgeBase, name: str) -> None:
    fact, values, column = COLUMNS[name]
    answer = kb.advise_frame(pd.DataFrame({fact: column}), output="json")
    assert list(answer.index) == list(column.index)
    assert answer["json"].tolist() == [kb.advise({fact: value}).to_json() for value in values]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "Europe/Vienna"])
def test_moments_of_pandas(kb: liniment.KnowledgeBase, unit: str, zone: str | None) -> None:
    kind: Any = f"datetime64[{unit}]"
    moments = pd.Series([NOW - 20 * HOUR, None]).astype(kind).dt.tz_localize(zone)
    now = NOW if zone is None else pd.Timestamp(NOW, tz=zone).to_pydatetime()
    for column in (moments, moments.astype(object)):
        answer = kb.advise_frame(pd.DataFrame({"time_since_release": column}), now=now, output="json")
        expected = [kb.advise(time_since_release="20h").to_json(), kb.advise().to_json()]
        assert answer["json"].tolist() == expected
    other = NOW.replace(tzinfo=dt.UTC) if zone is None else NOW
    with pytest.raises(liniment.CaseError, match="both have a time zone, or neither"):
        kb.advise_frame(pd.DataFrame({"time_since_release": moments}), now=other)


def test_what_pandas_is_given(kb: liniment.KnowledgeBase) -> None:
    """The answer has the types that such columns have in pandas, and the values that Polars is given."""
    told = {
        "cramp_state": ["active", None, "released"],
        "muscles_affected": ["calf_only", "all_muscles", None],
    }
    people = pd.DataFrame(told, index=pd.Index([7, 7, 9], name="runner"))
    squad = pl.DataFrame(told)

    def both(output: Any, **options: Any) -> tuple[pd.DataFrame, dict[str, list[Any]]]:
        answer = kb.advise_frame(people, output=output, **options)
        assert answer.index.equals(people.index)
        expected = kb.advise_frame(squad, output=output, **options).to_dict(as_series=False)
        assert list(answer.columns) == list(expected)
        return answer, expected

    verdicts, expected = both("verdicts")
    assert all(isinstance(kind, pd.CategoricalDtype) for kind in verdicts.dtypes)
    assert verdicts.astype(object).where(verdicts.notna(), None).to_dict("list") == expected
    masks, expected = both("masks")
    assert set(map(str, masks.dtypes)) == {"boolean"}
    assert masks.astype(object).where(masks.notna(), None).to_dict("list") == expected
    for output in ("recommended", "advice"):
        lists, expected = both(output)
        assert lists.to_dict("list") == expected
    questions, expected = both("next_question")
    assert questions.dtypes.tolist() == [pd.Series(["a"]).dtype] * 2
    assert questions.to_dict("list") == expected
    texts, expected = both("json", on_bad="null")
    assert texts.to_dict("list") == expected
    assert texts["_bad"].dtype == bool


def test_columns_passed_on_are_those_of_the_frame(kb: liniment.KnowledgeBase) -> None:
    """Of whatever type: they are not read."""
    people = pd.DataFrame(
        {
            "stretch": [1, 2],
            "anything": [object(), 3.5],
            "times": pd.period_range("2026-01", periods=2, freq="M"),
            "cramp_state": ["active", None],
            "state": pd.Categorical(["none", "active"]),
        },
        index=["x", "x"],
    )
    answer = kb.advise_frame(people, keep=["anything"], others="drop")
    pd.testing.assert_series_equal(answer["anything"], people["anything"])
    expected = [kb.verdicts(case).get("stretch") for case in ({"cramp_state": "active"}, {})]
    assert answer["stretch"].astype(object).where(answer["stretch"].notna(), None).tolist() == expected
    answer = kb.advise_frame(people.drop(columns="stretch"), others="keep", output="recommended")
    assert list(answer.columns) == ["anything", "times", "state", "recommended"]
    pd.testing.assert_frame_equal(answer.iloc[:, :3], people[["anything", "times", "state"]])
    # A fact that is passed on is not read, unless it is named as a fact's column.
    answer = kb.advise_frame(
        people, columns={"cramp_state": "state"}, keep=["cramp_state", "state"], others="drop", output="json"
    )
    pd.testing.assert_frame_equal(answer[["cramp_state", "state"]], people[["cramp_state", "state"]])
    assert answer["json"].tolist() == [kb.advise(cramp_state=state).to_json() for state in ("none", "active")]


class Colour(enum.Enum):
    RED = "red"


BAD: dict[str, tuple[str, Any, str]] = {
    "several types": ("cramp_state", ["active", 3], "several types.*str in row 1, int in row 2"),
    "several types after one that is missing": (
        "cramp_state",
        [None, 3, "active"],
        "int in row 2, str in row 3",
    ),
    "a truth among texts": ("cramp_state", [True, "active"], "several types"),
    "objects": ("cramp_state", [object()], "type object"),
    "members": ("cramp_state", [Colour.RED], "type Colour"),
    "bytes": ("cramp_state", [b"active"], "type bytes"),
    "dates": ("time_since_release", [NOW.date()], "type date"),
    "complex numbers": ("body_temp_c", [1j], "type complex"),
    "periods": ("time_since_release", pd.period_range("2026-01", periods=1, freq="M"), "type Period"),
    "lists of numbers": ("goals", [[3]], "something else than texts"),
    "a list among texts": ("goals", [["recover"], "recover"], "several types"),
    "half a character": ("cramp_state", pd.Series(["\ud800"], dtype=object), "half a character"),
    "more than 64 bits": ("body_temp_c", pd.Series([10**30], dtype=object), "64 bits"),
    "moments of two kinds": (
        "time_since_release",
        pd.Series([NOW, NOW.replace(tzinfo=dt.UTC)], dtype=object),
        "some have none",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_column_can_be(kb: liniment.KnowledgeBase, name: str) -> None:
    fact, column, words = BAD[name]
    with pytest.raises(liniment.CaseError, match=f"`{fact}`: .*{words}") as caught:
        kb.advise_frame(pd.DataFrame({fact: column}), now=NOW)
    assert caught.value.fact == fact
    assert "\n" not in str(caught.value)


def test_no_rows_of_pandas(kb: liniment.KnowledgeBase) -> None:
    """The types are looked at all the same."""
    assert kb.advise_frame(pd.DataFrame({"cramp_state": pd.Series([], dtype=object)})).shape == (
        0,
        len(kb.advice_ids),
    )
    for kind in ("float64", "boolean"):
        with pytest.raises(liniment.CaseError, match=r"`cramp_state`.*needs a column of texts"):
            kb.advise_frame(pd.DataFrame({"cramp_state": pd.Series([], dtype=kind)}))
    with pytest.raises(liniment.CaseError, match="fact"):
        kb.advise_frame(pd.DataFrame())


def test_a_million_rows_of_pandas(kb: liniment.KnowledgeBase) -> None:
    """More than one chunk, of which each row is where it was."""
    states = np.array(["active", "released", None], dtype=object)[np.arange(1_000_000) % 3]
    answer = kb.advise_frame(pd.DataFrame({"cramp_state": states}))
    for state in ("active", "released"):
        expected = kb.verdicts(cramp_state=state).to_dict()
        some = answer[states == state]
        assert len(some) > 300_000
        for name in answer.columns:
            assert set(some[name].dropna()) == ({expected[name].value} if name in expected else set())


def test_a_relation_is_answered_with_one_on_its_connection(kb: liniment.KnowledgeBase) -> None:
    with duckdb.connect() as connection:
        connection.sql(
            "create table runners as select 'Ada' as name, 'active' as cramp_state union all select 'Ben', null"
        )
        runners = connection.table("runners")
        answer = kb.advise_frame(runners, keep=["name"], output="next_question")
        assert isinstance(answer, duckdb.DuckDBPyRelation)
        joined = connection.sql(
            "select cramp_state, next_question from answer join runners using (name) order by name"
        )
        first = {state: kb.questions(cramp_state=state)[0].fact for state in ("active", None)}
        assert joined.fetchall() == list(first.items())
        # It is read as often as somebody asks.
        assert len(answer.fetchall()) == len(answer.fetchall()) == 2
        for output in ("verdicts", "masks", "recommended", "advice", "json"):
            expected = kb.advise_frame(pl.DataFrame({"cramp_state": ["active", None]}), output=output)
            found = kb.advise_frame(runners.project("cramp_state"), output=output)
            assert found.columns == expected.columns
            assert found.fetchall() == expected.rows()
        assert connection.sql("select view_name from duckdb_views() where not internal").fetchall() == []
