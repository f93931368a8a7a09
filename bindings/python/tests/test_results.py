"""Answers: typed, never changed, comparable, picklable."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import json
import pickle
from typing import Any

import jsonschema
import pytest

import liniment
from liniment import _core, results

SCHEMA: dict[str, Any] = json.loads(_core.result_schema())


@pytest.fixture(scope="module")
def answers(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> list[results.Document]:
    case = kb.case(cramp)
    return [
        kb.advise(case),
        kb.explain("massage_rolling", case),
        kb.explain("neuromuscular_fatigue", case),
        kb.plan(case),
        kb.what_if(case, cramp_state="active"),
        kb.ways_to("ice", case, wanted="avoid"),
        kb.suffices("ice", case),
        kb.test(),
        kb.check(),
        kb.prove(budget=50),
    ]


def test_answers_follow_the_schema(answers: list[results.Document]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for answer in answers:
        if not isinstance(answer, liniment.Proofs):
            validator.validate(answer.to_dict())


def test_answers_pickle_copy_and_compare(answers: list[results.Document]) -> None:
    for answer in answers:
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer
        assert hash(again) == hash(answer)
        assert again.to_json() == answer.to_json()
        assert copy.deepcopy(answer) is answer
        assert answer != "something else"
        with pytest.raises(AttributeError, match="never changes"):
            answer.lang = "de"
    assert len(set(answers)) == len(answers)


def test_every_key_of_the_json_is_there(answers: list[results.Document]) -> None:
    """What the classes hold is all that the JSON holds, piece by piece."""

    def compare(value: Any, data: Any, path: str) -> None:
        if isinstance(value, results.Part):
            assert value.to_dict() == data, path
        elif isinstance(value, (tuple, list)):
            assert len(value) == len(data), path
            for index, (element, part) in enumerate(zip(value, data, strict=True)):
                compare(element, part, f"{path}[{index}]")

    for answer in answers:
        for key, data in answer.to_dict().items():
            name = {"advice": "items"}.get(key, key)
            if key == "format":
                continue
            value = (
                list(answer)
                if key == "diagnostics" and isinstance(answer, liniment.Diagnostics)
                else getattr(answer, name)
            )
            compare(value, data, f"{type(answer).__name__}.{key}")


def test_advice_is_a_sequence_with_names(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    advice = kb.advise(cramp)
    assert list(advice) == list(advice.items)
    assert advice[0] == next(iter(advice))
    assert advice[-1] == next(reversed(advice))
    assert advice[:2] == advice.items[:2]
    assert [item.id for item in advice] == list(advice.ids)
    massage = advice["massage_rolling"]
    assert massage in advice
    assert "massage_rolling" in advice
    assert massage.verdict is liniment.Verdict.DEFER
    assert str(massage.verdict) == "defer"
    assert massage.opens_in == dt.timedelta(hours=4)
    assert massage.opens_at is not None
    assert massage.opens_at.limit == dt.timedelta(days=1)
    assert massage.why().verdict is liniment.Verdict.DEFER
    with pytest.raises(dataclasses.FrozenInstanceError):
        massage.text = "…"  # type: ignore[misc]
    with pytest.raises(KeyError, match="nothing is said of 'spray'"):
        advice["spray"]
    with pytest.raises(liniment.UnknownNameError, match="did you mean"):
        advice["massage_roling"]
    assert advice.get("spray") is None


def test_verdicts_are_those_of_the_advice(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    verdicts = kb.verdicts(cramp)
    advised = {item.id: item.verdict for item in kb.advise(cramp)}
    assert verdicts == advised
    assert dict(verdicts.items()) == advised
    assert verdicts.to_dict() == advised
    assert sorted(verdicts) == verdicts.keys() == sorted(advised)
    assert len(verdicts) == len(advised)
    assert verdicts["ice"] is liniment.Verdict.RECOMMEND
    assert "spray" not in verdicts
    assert verdicts.get("spray") is None
    with pytest.raises(KeyError):
        verdicts["spray"]
    assert pickle.loads(pickle.dumps(verdicts)) == verdicts
    codes = dict(zip(kb.advice_ids, verdicts.codes, strict=True))
    assert {name for name, code in codes.items() if code} == set(advised)
    assert all(liniment.Verdict.from_code(codes[name]) is verdict for name, verdict in advised.items())


def test_why_not_what_if_and_ways(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    case = kb.case(cramp)
    why_not = kb.why_not("massage_rolling", case)
    assert why_not.explanation == kb.explain("massage_rolling", case)
    assert why_not.ways.answer == "found"
    change = why_not.ways[0].changes[0]
    assert (change.fact, change.was, change.now) == ("time_since_release", "PT20H", "PT24H")
    what_if = kb.what_if(case, time_since_release="24h")
    assert what_if["massage_rolling"].now == "recommend"
    forgotten = kb.what_if(case, {"time_since_release": None})
    assert forgotten.changes[0].now is None
    assert "time_since_release" in kb.suffices("ice", case)


def test_plan(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    plan = kb.plan(cramp, horizon="10d")
    assert plan.horizon == dt.timedelta(days=10)
    assert plan.next_change == dt.timedelta(hours=4)
    assert plan.at("5h").verdicts["massage_rolling"] == "recommend"
    assert plan[0].from_ == dt.timedelta(0)
    assert [interval.from_ for interval in plan] == sorted(interval.from_ for interval in plan)
    with pytest.raises(ValueError, match="the plan goes"):
        plan.at("11d")


def test_other_languages(kb: liniment.KnowledgeBase, cramp: dict[str, object]) -> None:
    german = kb.in_language("de")
    assert (german.lang, kb.lang) == ("de", "en")
    assert german.advise(cramp)["ice"].text != kb.advise(cramp)["ice"].text
    with pytest.raises(liniment.UnknownNameError, match="no language"):
        kb.in_language("xx")


def test_what_a_knowledge_base_tells_of_itself(kb: liniment.KnowledgeBase) -> None:
    assert [pack.id for pack in kb.packs] == ["calf-cramps", "leg-red-flags"]
    assert kb.facts["in_session"].kind == "yes_no"
    assert [option.id for option in kb.facts["cramp_state"].options]
    assert kb.sources["article"].title
    assert kb.phases
    assert kb.languages == ["de", "en"]
    assert kb.test().passed
    assert "calf-cramps 1.0.0" in repr(kb)
    again = pickle.loads(pickle.dumps(kb))
    assert again is kb


def test_verdict_numbers() -> None:
    assert [verdict.code for verdict in liniment.Verdict] == list(range(1, 12))
    assert liniment.Verdict.from_code(0) is None
    with pytest.raises(ValueError, match="no verdict has the number"):
        liniment.Verdict.from_code(12)
