"""What a knowledge base answers.

An answer is a document: it holds the library's JSON, byte for byte, and reads it when somebody looks. Its
pieces are frozen dataclasses named as in the JSON; ``from`` and ``for`` are written ``from_`` and ``for_``,
lengths of time are ``datetime.timedelta``, lists are tuples.
"""

from __future__ import annotations

from .._lazy import names_of

TYPE_CHECKING = False

if TYPE_CHECKING:
    from .advice import (
        Advice,
        AdviceConflict,
        AdviceItem,
        Amount,
        Cause,
        Citation,
        Conflict,
        ConflictingVerdict,
        Dose,
        FactConflict,
        OpensAt,
        PackVersion,
        Question,
        Report,
        Suppressed,
    )
    from .changes import FactChange, Suffices, TruthChange, VerdictChange, Way, Ways, WhatIf, WhyNot
    from .contents import FactInfo, OptionInfo, PackInfo, PhaseInfo, SourceInfo
    from .document import Document, JsonObject, Names, Part, Reduced, Truth
    from .explanation import Explanation, Place, Proof, RuleProof, SourceCitation
    from .graph import Graph, GraphEdge, GraphNode
    from .packs import (
        Asked,
        CaseReport,
        ConditionCoverage,
        ConditionGap,
        Counts,
        Diagnostic,
        Diagnostics,
        Failure,
        Label,
        Proofs,
        RuleCoverage,
        RuleGap,
        TestReport,
    )
    from .plan import Expiry, Interval, Plan, PlannedChange, PlannedItem, StagePlan, Step

# Many classes take long to make: a module is read when one of its names is first used.
_HOMES = {
    "advice": (
        "Advice",
        "AdviceConflict",
        "AdviceItem",
        "Amount",
        "Cause",
        "Citation",
        "Conflict",
        "ConflictingVerdict",
        "Dose",
        "FactConflict",
        "OpensAt",
        "PackVersion",
        "Question",
        "Report",
        "Suppressed",
    ),
    "changes": ("FactChange", "Suffices", "TruthChange", "VerdictChange", "Way", "Ways", "WhatIf", "WhyNot"),
    "contents": ("FactInfo", "OptionInfo", "PackInfo", "PhaseInfo", "SourceInfo"),
    "document": ("Document", "JsonObject", "Names", "Part", "Reduced", "Truth"),
    "explanation": ("Explanation", "Place", "Proof", "RuleProof", "SourceCitation"),
    "graph": ("Graph", "GraphEdge", "GraphNode"),
    "packs": (
        "Asked",
        "CaseReport",
        "ConditionCoverage",
        "ConditionGap",
        "Counts",
        "Diagnostic",
        "Diagnostics",
        "Failure",
        "Label",
        "Proofs",
        "RuleCoverage",
        "RuleGap",
        "TestReport",
    ),
    "plan": ("Expiry", "Interval", "Plan", "PlannedChange", "PlannedItem", "StagePlan", "Step"),
}

if not TYPE_CHECKING:  # A name that is not there stays an error of the types.
    __getattr__ = names_of(__name__, _HOMES)

__all__ = [
    "Advice",
    "AdviceConflict",
    "AdviceItem",
    "Amount",
    "Asked",
    "CaseReport",
    "Cause",
    "Citation",
    "ConditionCoverage",
    "ConditionGap",
    "Conflict",
    "ConflictingVerdict",
    "Counts",
    "Diagnostic",
    "Diagnostics",
    "Document",
    "Dose",
    "Expiry",
    "Explanation",
    "FactChange",
    "FactConflict",
    "FactInfo",
    "Failure",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "Interval",
    "JsonObject",
    "Label",
    "Names",
    "OpensAt",
    "OptionInfo",
    "PackInfo",
    "PackVersion",
    "Part",
    "PhaseInfo",
    "Place",
    "Plan",
    "PlannedChange",
    "PlannedItem",
    "Proof",
    "Proofs",
    "Question",
    "Reduced",
    "Report",
    "RuleCoverage",
    "RuleGap",
    "RuleProof",
    "SourceCitation",
    "SourceInfo",
    "StagePlan",
    "Step",
    "Suffices",
    "Suppressed",
    "TestReport",
    "Truth",
    "TruthChange",
    "VerdictChange",
    "Way",
    "Ways",
    "WhatIf",
    "WhyNot",
]
