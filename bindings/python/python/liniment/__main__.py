"""``python -m liniment``: what the package does outside of Python."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import case_types
from .errors import LinimentError
from .knowledge_base import load


def main(words: list[str] | None = None) -> int:
    """Runs the command; answers 0 when all went well, 1 when a pack is at fault."""
    parser = argparse.ArgumentParser(prog="python -m liniment")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    stubs = commands.add_parser(
        "stubs", help="write a class of a pack's cases, for editors and type checkers"
    )
    stubs.add_argument(
        "packs", nargs="+", metavar="PACK", help="a built-in pack by name, or the folder of one"
    )
    stubs.add_argument("--kind", choices=("typeddict", "dataclass"), default="typeddict")
    stubs.add_argument("--name", default="Case", help="the name of the class")
    stubs.add_argument("--output", type=Path, help="the file to write; standard output when left out")
    arguments = parser.parse_args(words)
    try:
        text = case_types.source(load(*arguments.packs), arguments.name, arguments.kind)
    except (LinimentError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
