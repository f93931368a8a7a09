"""Liniment: a rule engine and knowledge base for advice.

Examples:
    >>> import liniment
    >>> kb = liniment.load("calf-cramps", "leg-red-flags")
    >>> advice = kb.advise(onset_setting="during_exercise", muscles_affected="calf_only", cramp_state="active")
    >>> advice["stretch"].verdict
    <Verdict.RECOMMEND: 'recommend'>
"""

from __future__ import annotations

from ._lazy import names_of

# The module `typing` takes longer to read than all of this package; checkers know the name.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from ._core import Case, Frame, Pack, Verdicts
    from .errors import CaseError, LinimentError, PackError, UnknownNameError
    from .interview import Interview
    from .knowledge_base import KnowledgeBase, check, load, text
    from .results import (
        Advice,
        AdviceItem,
        Cause,
        Diagnostic,
        Diagnostics,
        Explanation,
        Plan,
        Proof,
        Proofs,
        Question,
        Suffices,
        TestReport,
        Ways,
        WhatIf,
        WhyNot,
    )
    from .values import (
        DECLINED,
        NEVER,
        Options,
        Range,
        Reports,
        at_least,
        at_most,
        between,
        options,
        reports,
    )
    from .verdict import Verdict

    __version__: str

# Where each name lives: a module is read when one of its names is first used.
_HOMES = {
    "_core": ("Case", "Frame", "Pack", "Verdicts"),
    "errors": ("CaseError", "LinimentError", "PackError", "UnknownNameError"),
    "interview": ("Interview",),
    "knowledge_base": ("KnowledgeBase", "check", "load", "text"),
    "results": (
        "Advice",
        "AdviceItem",
        "Cause",
        "Diagnostic",
        "Diagnostics",
        "Explanation",
        "Plan",
        "Proof",
        "Proofs",
        "Question",
        "Suffices",
        "TestReport",
        "Ways",
        "WhatIf",
        "WhyNot",
    ),
    "values": (
        "DECLINED",
        "NEVER",
        "Options",
        "Range",
        "Reports",
        "at_least",
        "at_most",
        "between",
        "options",
        "reports",
    ),
    "verdict": ("Verdict",),
}

__all__ = [
    "DECLINED",
    "NEVER",
    "Advice",
    "AdviceItem",
    "Case",
    "CaseError",
    "Cause",
    "Diagnostic",
    "Diagnostics",
    "Explanation",
    "Frame",
    "Interview",
    "KnowledgeBase",
    "LinimentError",
    "Options",
    "Pack",
    "PackError",
    "Plan",
    "Proof",
    "Proofs",
    "Question",
    "Range",
    "Reports",
    "Suffices",
    "TestReport",
    "UnknownNameError",
    "Verdict",
    "Verdicts",
    "Ways",
    "WhatIf",
    "WhyNot",
    "at_least",
    "at_most",
    "between",
    "check",
    "load",
    "options",
    "reports",
    "text",
]


_find = names_of(__name__, _HOMES)


if not TYPE_CHECKING:  # A name that is not there stays an error of the types.

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from ._core import version

            return version()
        return _find(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
