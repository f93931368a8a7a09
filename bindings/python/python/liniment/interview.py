"""Interviews: the most telling question first, until no answer can change the advice any more."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from . import _core
from .results import Advice
from .results.contents import FactKind, OptionInfo
from .results.document import Part
from .verdict import Verdict

if TYPE_CHECKING:
    from ._core import Case
    from .knowledge_base import KnowledgeBase

__all__ = ["Interview", "InterviewQuestion", "Stake"]


@dataclass(frozen=True, slots=True)
class Stake(Part):
    """An advice id that hangs on an answer."""

    id: str
    red_flag: Verdict | None
    now: Verdict | None
    text: str


@dataclass(frozen=True, slots=True)
class InterviewQuestion(Part):
    """A question with all that is needed to ask it. Limits and what is known are as a case states them."""

    fact: str
    kind: FactKind
    ask: str
    options: tuple[OptionInfo, ...]
    unit: str | None
    from_: Any
    to: Any
    known: Any
    red_flag: Verdict | None
    because: tuple[Stake, ...]

    def __str__(self) -> str:
        lines = [self.ask]
        lines += [f"  {number} {option.label}" for number, option in enumerate(self.options, 1)]
        return "\n".join(lines)


class Interview(_core.InterviewState):
    """Asks for what is not known of a case; ``KnowledgeBase.interview`` starts one.

    Examples:
        >>> import liniment
        >>> interview = liniment.load("calf-cramps").interview()
        >>> interview.question.fact
        'muscles_affected'
        >>> interview.answer("calf_only")
        >>> interview.back()
        True
        >>> interview.answered
        0
    """

    def __new__(cls, kb: KnowledgeBase, case: Case) -> Self:
        """An interview that goes on from what is known of a case."""
        return cast("Self", super().__new__(cls, kb, case))

    @property
    def question(self) -> InterviewQuestion | None:
        """The question to ask now: none when it is finished, or only skipped questions are left."""
        data = json.loads(self.to_json())["question"]
        if data is None:
            return None
        return InterviewQuestion._of(data)

    @property
    def advice(self) -> Advice:
        """The advice as things are known."""
        return Advice(self.advise_json(), self.case)

    def run(
        self,
        *,
        read: Callable[[str], str] = input,
        write: Callable[[str], object] = print,
    ) -> Advice:
        """Asks in a terminal or notebook until it is finished, and gives the advice.

        An empty line skips a question, ``?`` tells what hangs on it, ``back`` goes back, ``decline`` leaves it
        unanswered for good, ``stop`` ends the interview.
        """
        while (question := self.question) is not None:
            write(str(question))
            typed = read("> ").strip()
            if typed == "stop":
                break
            if typed == "?":
                for stake in question.because:
                    write(f"  {stake.id}: {stake.text}")
            elif typed == "back":
                self.back()
            elif typed == "decline":
                self.decline()
            elif typed == "":
                self.skip()
            else:
                from .errors import CaseError

                try:
                    self.answer_text(typed)
                except CaseError as error:
                    write(error.message)
        return self.advice

    def _repr_html_(self) -> str:
        from . import _show

        question = self.question
        if question is None:
            return self.advice._repr_html_()
        rows: list[tuple[object, ...]] = [(option.id, option.label) for option in question.options]
        rows += [(stake.id, stake.text) for stake in question.because]
        return _show.table(question.ask, ("", "options, and what hangs on the answer"), rows)

    def __reduce__(self) -> tuple[Any, ...]:
        # What was skipped and the way back are of this conversation alone.
        return (type(self), (self.case.kb, self.case))

    def __repr__(self) -> str:
        question = self.question
        asks = "finished" if question is None else question.ask
        return f"<Interview {self.answered} answered, {len(self.open)} open: {asks}>"
