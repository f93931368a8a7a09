"""The calls that every front end answers alike, byte for byte."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

import liniment

CORPUS = Path(__file__).resolve().parents[3] / "tests/corpus"


@functools.cache
def loaded(packs: tuple[str, ...], lang: str) -> liniment.KnowledgeBase:
    return liniment.load(*packs, lang=lang)


def answer(kb: liniment.KnowledgeBase, call: dict[str, Any], text: bytes) -> str:
    try:
        case = kb.case_from_json(text)
        if call["call"] == "explain":
            return kb.explain(call["id"], case).to_json()
        return kb.advise(case).to_json()
    except (liniment.CaseError, liniment.UnknownNameError) as error:
        return error.to_json()


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in CORPUS.glob("*/call.json")))
def test_answers_are_the_same_bytes(folder: str) -> None:
    place = CORPUS / folder
    call = json.loads((place / "call.json").read_bytes())
    kb = loaded(tuple(call["packs"]), call["lang"])
    text = (place / "case.json").read_bytes()
    assert answer(kb, call, text) == (place / "expected.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in CORPUS.glob("*/call.json")))
def test_a_dict_is_the_same_case_as_its_text(folder: str) -> None:
    place = CORPUS / folder
    call = json.loads((place / "call.json").read_bytes())
    kb = loaded(tuple(call["packs"]), call["lang"])
    text = (place / "case.json").read_bytes()
    try:
        expected = kb.case_from_json(text)
    except liniment.CaseError as error:
        fault = error
    else:
        assert kb.case(json.loads(text)) == expected
        assert kb.case(**json.loads(text)) == expected
        return
    if not fault.code.startswith("C00"):  # those lie in the text
        with pytest.raises(liniment.CaseError) as caught:
            kb.case(json.loads(text))
        assert caught.value.to_json() == fault.to_json()
