"""The rules of a generated workload for ZEN's package, which is asked beside Liniment: as expressions and as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Way(NamedTuple):
    """A way to ask ZEN."""

    ask: Callable[[dict[str, Any]], Any]
    """What is measured: from a case to what ZEN gives."""
    ids: Callable[[Any], set[str]]
    """The advice ids of the rules that hold, from what it has given."""


_RULE = re.compile(r'Fix\(id: "(\w+)", advice: "(\w+)".*?when: \{(.*?)\}, text')
_TEST = re.compile(r'"(\w+)": (Yes|No|\w+\(.*?\))(?:, (?=")|$)')


def expression(pack: Path) -> Way:
    """One compiled expression that lists for each rule whether it holds.

    Of what its package can do this is the quickest: the case becomes an object of ZEN once, and not once for each
    rule; no decision goes along its graph; and what it gives are truths, which cost nothing to make.
    """
    import zen

    rules = []
    advised = []
    for _, advice, conditions in _RULE.findall((pack / "rules.ron").read_text()):
        rules.append(" and ".join(_expression(fact, test) for fact, test in _TEST.findall(conditions)))
        advised.append(advice)
    compiled = zen.compile_expression(f"[{', '.join(rules)}]")
    return Way(
        compiled.evaluate, lambda holds: {advice for advice, held in zip(advised, holds, strict=True) if held}
    )


def expressions(pack: Path) -> Way:
    """A compiled expression for each rule, asked one by one."""
    import zen

    rules = []
    for _, advice, conditions in _RULE.findall((pack / "rules.ron").read_text()):
        tests = [_expression(fact, test) for fact, test in _TEST.findall(conditions)]
        rules.append((advice, zen.compile_expression(" and ".join(tests))))
    return Way(lambda case: [advice for advice, rule in rules if rule.evaluate(case) is True], set)


def table(pack: Path) -> Way:
    """A decision table that collects all rules that hold."""
    import zen

    rows = []
    for rule, advice, conditions in _RULE.findall((pack / "rules.ron").read_text()):
        cells = {fact: _cell(test) for fact, test in _TEST.findall(conditions)}
        rows.append({"_id": rule, "advice": json.dumps(advice)} | cells)
    names = sorted({name for row in rows for name in row} - {"_id", "advice"})
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "advice", "name": "advice", "field": "advice"}],
        "rules": rows,
    }
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    model = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    decision = zen.ZenEngine().create_decision(json.dumps(model))
    return Way(decision.evaluate, lambda answer: {row["advice"] for row in answer["result"]})


def _parts(test: str) -> tuple[str, list[str]]:
    """A test of a pack: its name, and its values as ZEN writes them."""
    if test in ("Yes", "No"):
        return "Is", ["true" if test == "Yes" else "false"]
    name, _, rest = test.partition("(")
    return name, rest.rstrip(")").strip("[]").split(", ")


def _expression(fact: str, test: str) -> str:
    name, values = _parts(test)
    match name:
        # To compare null is an error there.
        case "AtLeast":
            return f"{fact} != null and {fact} >= {values[0]}"
        case "AtMost":
            return f"{fact} != null and {fact} <= {values[0]}"
        case "Between":
            return f"{fact} != null and {fact} in [{values[0]}..{values[1]}]"
        case "Is" | "OneOf":
            return f"{fact} in [{', '.join(values)}]"
    raise ValueError(f"no test of a generated workload: {test}")


def _cell(test: str) -> str:
    name, values = _parts(test)
    match name:
        case "AtLeast":
            return f">= {values[0]}"
        case "AtMost":
            return f"<= {values[0]}"
        case "Between":
            return f"[{values[0]}..{values[1]}]"
        case "Is" | "OneOf":
            return ", ".join(values)
    raise ValueError(f"no test of a generated workload: {test}")
