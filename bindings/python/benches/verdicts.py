"""One case from Python: verdicts from a dict, from keywords, ZEN's package beside them, and the import.

``python benches/verdicts.py PACK`` with the folder that
``cargo run --release --package liniment-workloads --example write -- a 25 PACK`` has written, and the package
installed from a release build. ZEN is asked where its package (``zen-engine``) is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pyperf
from zen_table import expression, expressions, table

import liniment


def case_of(kb: liniment.KnowledgeBase) -> dict[str, Any]:
    """A value for seven of ten facts, always the same; some rules hold."""
    case: dict[str, Any] = {}
    for number, fact in enumerate(kb.facts.values()):
        if number % 10 in (3, 6, 9):
            continue
        name = sys.intern(fact.id)
        match fact.kind:
            case "yes_no":
                case[name] = number % 2 == 0
            case "choice" | "scale":
                case[name] = sys.intern(fact.options[0].id)
            case "integer":
                case[name] = 10
            case "number":
                case[name] = 50.0
            case _:
                pass
    return case


def empty_call() -> None:
    """What any call costs."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pack", type=Path)
    parser.add_argument("--only", default="", help="measure only what has this in its name")

    def passed_on(command: list[str], arguments: argparse.Namespace) -> None:
        command += [str(arguments.pack), "--only", arguments.only]

    runner = pyperf.Runner(_argparser=parser, add_cmdline_args=passed_on)
    arguments = runner.parse_args()
    kb = liniment.load(arguments.pack)
    case = case_of(kb)
    made = kb.case(case)

    def measure(name: str, statement: str, **names: Any) -> None:
        if arguments.only in name:
            runner.timeit(name, statement, globals=names)

    keywords = ", ".join(f"{name}={value!r}" for name, value in case.items())
    measure("an empty function", "f()", f=empty_call)
    measure("verdicts of a dict", "f(case)", f=kb.verdicts, case=case)
    measure("verdicts of keywords", f"f({keywords})", f=kb.verdicts)
    measure("verdicts of a case", "f(case)", f=kb.verdicts, case=made)
    measure("verdicts of a dict as a dict", "f(case).to_dict()", f=kb.verdicts, case=case)
    if importlib.util.find_spec("zen") is not None:
        # What is not stated is null there, as it is unknown here; what holds must be the same.
        ways = {
            "one expression": expression(arguments.pack),
            "an expression for each rule": expressions(arguments.pack),
            "a decision table": table(arguments.pack),
        }
        for name, way in ways.items():
            assert way.ids(way.ask(case)) == set(kb.verdicts(case)), f"{name} of ZEN says otherwise"
            measure(f"ZEN, {name}", "f(case)", f=way.ask, case=case)
    for name, program in [
        ("start of Python", "pass"),
        ("start of Python and the import", "import liniment"),
        ("start of Python, the import and a load", "import liniment; liniment.load()"),
        (
            "start of Python, the import, a load and an advice",
            "import liniment; liniment.load().advise(cramp_state='active').items",
        ),
    ]:
        if arguments.only in name:
            runner.bench_command(name, [sys.executable, "-c", program])


if __name__ == "__main__":
    main()
