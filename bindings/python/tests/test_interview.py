"""Interviews, stepped through and run."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

import liniment


def test_stepping_through(kb: liniment.KnowledgeBase) -> None:
    interview = kb.interview()
    question = interview.question
    assert question is not None
    assert question.red_flag is not None
    assert question.because[0].text
    assert interview.open[0] == question.fact
    interview.skip()
    assert interview.skipped == [question.fact]
    assert interview.back()
    assert not interview.back()
    interview.decline()
    assert interview.answered == 1
    assert question.fact not in interview.open
    assert pickle.loads(pickle.dumps(interview)).case == interview.case


def test_to_the_end(kb: liniment.KnowledgeBase) -> None:
    interview = kb.interview(
        onset_setting="during_exercise", muscles_affected="calf_only", cramp_state="released"
    )
    while (question := interview.question) is not None:
        interview.answer(None) if question.kind == "several" else interview.decline()
    assert not interview.finished or not interview.open
    interview.ask_skipped()
    assert interview.advice == kb.advise(interview.case)


def test_wrong_answers_leave_the_question(kb: liniment.KnowledgeBase) -> None:
    interview = kb.interview()
    question = interview.question
    assert question is not None
    with pytest.raises(liniment.CaseError) as caught:
        interview.answer("calf_onl")
    assert caught.value.fact == question.fact
    assert interview.question == question
    with pytest.raises(liniment.CaseError):
        interview.answer(dt.date(2026, 5, 1))
    with pytest.raises(liniment.CaseError):
        interview.answer_text("nonsense")


def test_run(kb: liniment.KnowledgeBase) -> None:
    typed = iter(["?", "nonsense", "", "back", "decline", "stop"])
    written: list[object] = []
    advice = kb.interview(cramp_state="active").run(read=lambda _prompt: next(typed), write=written.append)
    assert advice.case.to_dict()["cramp_state"] == "active"
    assert any("nonsense" in str(line) for line in written)
    assert next(typed, None) is None
