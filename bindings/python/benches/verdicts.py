"""One case from Python: verdicts from a dict, from keywords, and the import.

``python benches/verdicts.py PACK`` with the folder that
``cargo run --release --package liniment-workloads --example write -- a 25 PACK`` has written, and the package
installed from a release build.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import pyperf

import liniment


def case_of(kb: liniment.KnowledgeBase) -> dict[str, Any]:
    """A value for seven of ten facts, always the same."""
    case: dict[str, Any] = {}
    for number, fact in enumerate(kb.facts.values()):
        if number % 10 in (2, 5, 8):
            continue
        match fact.kind:
            case "yes_no":
                case[sys.intern(fact.id)] = True
            case "choice" | "scale":
                case[sys.intern(fact.id)] = sys.intern(fact.options[0].id)
            case "integer":
                case[sys.intern(fact.id)] = int(fact.from_) if isinstance(fact.from_, float) else 0
            case "number":
                case[sys.intern(fact.id)] = fact.from_ if isinstance(fact.from_, float) else 0.0
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
    runner.bench_func("an empty function", empty_call)
    runner.bench_func("verdicts of a dict", kb.verdicts, case)
    runner.timeit("verdicts of keywords", "f(**case)", globals={"f": kb.verdicts, "case": case})
    runner.bench_func("verdicts of a case", kb.verdicts, made)
    runner.timeit("verdicts as a dict", "f(case).to_dict()", globals={"f": kb.verdicts, "case": case})
    runner.bench_command("python", [sys.executable, "-c", "pass"])
    runner.bench_command("python with the import", [sys.executable, "-c", "import liniment"])
    runner.bench_command(
        "python with the import and a load", [sys.executable, "-c", "import liniment; liniment.load()"]
    )


if __name__ == "__main__":
    main()
