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
    runner = pyperf.Runner(
        _argparser=parser, add_cmdline_args=lambda command, args: command.append(str(args.pack))
    )
    arguments = runner.parse_args()
    kb = liniment.load(arguments.pack)
    case = case_of(kb)
    made = kb.case(case)
    keywords = ", ".join(f"{name}={value!r}" for name, value in case.items())
    runner.bench_func("an empty function", empty_call)
    runner.bench_func("verdicts of a dict", kb.verdicts, case)
    runner.timeit("verdicts of keywords", f"f({keywords})", globals={"f": kb.verdicts})
    runner.bench_func("verdicts of a case", kb.verdicts, made)
    runner.timeit("verdicts as a dict", "f(case).to_dict()", globals={"f": kb.verdicts, "case": case})
    if importlib.util.find_spec("zen") is not None:
        # What is not stated is null there, as it is unknown here; what holds must be the same.
        ways = {
            "one expression": expression(arguments.pack),
            "an expression for each rule": expressions(arguments.pack),
            "a decision table": table(arguments.pack),
        }
        for name, way in ways.items():
            assert way.ids(way.ask(case)) == set(kb.verdicts(case)), f"{name} of ZEN says otherwise"
            runner.bench_func(f"ZEN, {name}", way.ask, case)
    runner.bench_command("python", [sys.executable, "-c", "pass"])
    runner.bench_command("python with the import", [sys.executable, "-c", "import liniment"])
    runner.bench_command(
        "python with the import and a load", [sys.executable, "-c", "import liniment; liniment.load()"]
    )


if __name__ == "__main__":
    main()
