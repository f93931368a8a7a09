"""Cases from everything that Python people keep facts in."""

from __future__ import annotations

import collections
import copy
import dataclasses
import datetime as dt
import decimal
import enum
import pickle
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import pydantic
import pytest

import liniment

HOUR = dt.timedelta(hours=1)


class CrampState(enum.StrEnum):
    ACTIVE = "active"
    RELEASED = "released"


class Setting(enum.Enum):
    EXERCISE = "during_exercise"


@dataclasses.dataclass
class Runner:
    cramp_state: CrampState
    in_session: bool | None = None
    time_since_release: dt.timedelta | None = None


class Model(pydantic.BaseModel):
    cramp_state: CrampState
    in_session: bool | None = None
    time_since_release: dt.timedelta | None = None


class Row(NamedTuple):
    cramp_state: str
    in_session: bool | None
    time_since_release: dt.timedelta


def test_every_kind_of_record_is_the_same_case(kb: liniment.KnowledgeBase) -> None:
    expected = kb.case({"cramp_state": "released", "in_session": None, "time_since_release": "20h"})
    since = 20 * HOUR
    for record in (
        Runner(CrampState.RELEASED, None, since),
        Model(cramp_state=CrampState.RELEASED, time_since_release=since),
        Row("released", None, since),
        collections.ChainMap[str, Any]({"cramp_state": "released"}, {"time_since_release": since}),
        pd.Series(
            {"cramp_state": "released", "in_session": None, "time_since_release": pd.Timedelta(hours=20)}
        ),
        pd.DataFrame(
            {
                "cramp_state": ["released"],
                "in_session": [pd.NA],
                "time_since_release": [pd.Timedelta(hours=20)],
            }
        ).iloc[0],
        pl.DataFrame({"cramp_state": ["released"], "time_since_release": [since]}).row(0, named=True),
        {"cramp_state": np.str_("released"), "time_since_release": np.timedelta64(20, "h")},
    ):
        assert kb.case(record) == expected, type(record)
    assert kb.case(cramp_state="released", time_since_release=since) == expected


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("in_session", np.bool_(True), True),
        ("in_session", pd.NA, None),
        ("in_session", None, None),
        ("onset_setting", Setting.EXERCISE, "during_exercise"),
        ("goals", {"recover", "prevent"}, ["prevent", "recover"]),
        ("goals", ("recover",), ["recover"]),
        ("goals", np.array(["recover"]), ["recover"]),
        ("goals", pd.Series(["recover"]), ["recover"]),
        ("goals", pl.Series(["recover"]), ["recover"]),
        ("goals", [], []),
        ("time_since_release", liniment.NEVER, "never"),
        ("time_since_release", liniment.between("1d", 72 * HOUR), {"from": "PT24H", "to": "PT72H"}),
        ("time_since_release", liniment.at_least("1d"), {"from": "PT24H"}),
        ("time_since_release", dt.timedelta(microseconds=1), "PT0.000001S"),
        ("post_cramp_pain", liniment.DECLINED, {"declined": True}),
        (
            "onset_setting",
            liniment.reports({"runner": "during_exercise", "watch": "at_night"}),
            {
                "reports": [
                    {"value": "during_exercise", "source": "runner"},
                    {"value": "at_night", "source": "watch"},
                ]
            },
        ),
        ("goals", liniment.options(excludes=["recover"]), {"excludes": ["recover"]}),
    ],
)
def test_values(kb: liniment.KnowledgeBase, fact: str, value: Any, expected: Any) -> None:
    stated = kb.case({fact: value}).to_dict()
    found = stated.get(fact)
    if isinstance(found, dict):
        found = {key: part for key, part in found.items() if part not in ([], None)}
    if isinstance(found, list):
        found = sorted(found)
    assert found == expected


def test_numbers() -> None:
    kb = liniment.load(
        """[
        Fact(id: "age", kind: Integer(from: 0, to: 120), ask: "Age?"),
        Fact(id: "heat", kind: Number(unit: "°C"), ask: "How warm?"),
        Fix(id: "shade", phase: "now", when: {"heat": AtLeast("30 °C"), "age": AtLeast(60)},
            text: "Go inside.", because: "Heat."),
        ]"""
    )
    for age in (70, 70.0, np.int8(70), np.float32(70)):
        assert kb.case(age=age).to_dict() == {"age": 70}
    for heat in (31.5, decimal.Decimal("31.5"), np.float64(31.5), "31.5 °C"):
        assert kb.case(heat=heat).to_dict() == {"heat": 31.5}
    assert "shade" in kb.advise(age=70, heat=31)


def test_moments_are_looked_back_on(kb: liniment.KnowledgeBase) -> None:
    now = dt.datetime(2026, 5, 2, 12, 0)
    then = dt.datetime(2026, 5, 1, 16, 0)
    expected = {"time_since_release": "PT20H"}
    assert kb.case(time_since_release=then, now=now).to_dict() == expected
    assert kb.case(time_since_release=pd.Timestamp(then), now=pd.Timestamp(now)).to_dict() == expected
    assert kb.case(time_since_release=np.datetime64(then), now=now).to_dict() == expected
    zone = dt.timezone(2 * HOUR)
    aware = {"time_since_release": then.replace(tzinfo=zone)}
    assert kb.case(aware, now=dt.datetime(2026, 5, 2, 10, 0, tzinfo=dt.UTC)).to_dict() == expected


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"time_since_release": dt.datetime(2026, 5, 1)}, "C0010", "needs now="),
        ({"time_since_release": dt.date(2026, 5, 1)}, "C0010", "a date is no moment"),
        ({"time_since_release": -HOUR}, "C0204", "negative"),
        ({"time_since_release": float("nan")}, "C0201", "NaN"),
        ({"in_session": "yes"}, "C0201", "did you mean `true`"),
        ({"in_session": 1}, "C0201", "`true` or `false`"),
        ({"cramp_state": "activ"}, "C0103", "did you mean `active`"),
        ({"cramp_state": "x" * 1_000_000}, "C0103", "…"),
        ({"cramp_state": "\ud800"}, "C0004", "lone surrogate"),
        ({"cramp_state": object()}, "C0010", "nothing that a fact can be"),
        ({"cramp_state": iter(["active"])}, "C0010", "an iterator"),
        ({"goals": ["recover", "recover"]}, "C0213", "named twice"),
        ({"in_session": 2**80}, "C0009", "64 bits"),
        ({"crampstate": "active"}, "C0101", "did you mean `cramp_state`"),
        ({3: "active"}, "C0006", "named by a text"),
        ({"recovering": True}, "C0102", "follows from"),
    ],
)
def test_bad_values_are_told(
    kb: liniment.KnowledgeBase, facts: dict[Any, Any], code: str, words: str
) -> None:
    with pytest.raises(liniment.CaseError) as caught:
        kb.case(facts)
    assert caught.value.code == code
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.to_json()) == (liniment.CaseError, caught.value.to_json())


def test_moments_with_and_without_a_zone_do_not_mix(kb: liniment.KnowledgeBase) -> None:
    then = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    with pytest.raises(liniment.CaseError, match="both have a time zone") as caught:
        kb.case(time_since_release=then, now=dt.datetime(2026, 5, 2))
    assert caught.value.fact == "time_since_release"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ('{"in_session": true}', "case_from_json"),
        (({"in_session": True} for _ in range(1)), "an iterator is no case"),
        (pd.DataFrame({"in_session": [True]}), "advise_frame"),
        (pl.DataFrame({"in_session": [True]}), "advise_frame"),
        (Runner, "it is a class"),
        (3, "give a mapping"),
    ],
)
def test_what_is_no_case(kb: liniment.KnowledgeBase, record: Any, words: str) -> None:
    with pytest.raises(liniment.CaseError, match=words):
        kb.advise(record)


def test_deep_and_endless_nesting(kb: liniment.KnowledgeBase) -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(liniment.CaseError):
        kb.case(goals=endless)


def test_cases_never_change(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    case = kb.case(cramp)
    other = case.replace(in_session=True, goals=None)
    assert case == kb.case(cramp)
    assert other.to_dict()["in_session"] is True
    assert "goals" not in other.to_dict()
    assert len({case, kb.case(cramp), other}) == 2
    assert copy.deepcopy(case) is case
    assert pickle.loads(pickle.dumps(case)) == case
    assert kb.advise(pickle.loads(pickle.dumps(case))) == kb.advise(cramp)


def test_keywords_go_before_the_mapping(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    assert kb.case(cramp, in_session=True).to_dict()["in_session"] is True
    assert kb.case(kb.case(cramp), in_session=True) == kb.case(cramp, in_session=True)


def test_a_case_of_another_knowledge_base(kb: liniment.KnowledgeBase) -> None:
    other = liniment.load("calf-cramps")
    with pytest.raises(liniment.CaseError, match="another knowledge base"):
        kb.advise(other.case())
