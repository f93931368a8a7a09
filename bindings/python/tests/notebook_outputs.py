"""What notebooks give when they run, beside what is committed with them.

``python tests/notebook_outputs.py EXECUTED`` compares each notebook of that folder with the one of the same name
under ``notebooks``: texts, tables and drawings to the letter; of pictures only that there is one, since their bytes
are those of a version of the plotting library. With ``--accept`` what was executed becomes what is committed.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"

Json = dict[str, Any]


def read(path: Path) -> Json:
    notebook: Json = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def merged(outputs: list[Json]) -> list[Json]:
    """The outputs with streams in one piece: how they are cut is a matter of time."""
    whole: list[Json] = []
    for output in outputs:
        if output["output_type"] == "stream" and whole and whole[-1].get("name") == output["name"]:
            text = joined(whole[-1]["text"]) + joined(output["text"])
            whole[-1] = output | {"text": text.splitlines(keepends=True)}
        else:
            whole.append(output)
    return whole


def shown(cell: Json) -> str:
    """What a cell shows, as text."""
    parts = [f"{cell['cell_type']}:\n{joined(cell['source'])}"]
    for output in merged(cell.get("outputs", [])):
        parts.append(f"{output['output_type']}:")
        if output["output_type"] == "stream":
            parts.append(f"{output['name']}:\n{joined(output['text'])}")
        for kind, content in sorted(output.get("data", {}).items()):
            binary = kind.startswith("image/") and kind != "image/svg+xml"
            parts.append(f"{kind}:\n{'' if binary else joined(content)}")
    return "\n".join(parts)


def lines(cell: Json) -> list[str]:
    """What a cell shows in lines that a reader can compare: a page of HTML is one line otherwise."""
    return re.sub(r"(?<=[>}])(?=\S)", "\n", shown(cell)).splitlines()


def difference(committed: Json, executed: Json) -> list[str]:
    """Where they differ, cell by cell; empty where they are alike."""
    found = []
    cells, others = committed["cells"], executed["cells"]
    if len(cells) != len(others):
        return [f"{len(cells)} cells are committed, {len(others)} were executed"]
    for number, (cell, other) in enumerate(zip(cells, others, strict=True), 1):
        if shown(cell) != shown(other):
            found.append(f"cell {number}:")
            found += difflib.unified_diff(lines(cell), lines(other), "committed", "executed", "", "", 1, "")
    return found


def accept(committed: Path, executed: Json) -> None:
    """Writes what was executed, without what differs from run to run."""
    cells = [
        cell | ({"outputs": merged(cell["outputs"]), "metadata": {}} if "outputs" in cell else {})
        for cell in executed["cells"]
    ]
    metadata = {
        "kernelspec": executed["metadata"]["kernelspec"],
        "language_info": {"name": executed["metadata"]["language_info"]["name"]},
    }
    text = json.dumps(
        executed | {"cells": cells, "metadata": metadata}, ensure_ascii=False, indent=1, sort_keys=True
    )
    committed.write_text(text + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("executed", type=Path)
    parser.add_argument("--accept", action="store_true")
    arguments = parser.parse_args()
    differ = 0
    names = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
    for name in names:
        executed = read(arguments.executed / name)
        found = difference(read(NOTEBOOKS / name), executed)
        if arguments.accept:
            accept(NOTEBOOKS / name, executed)
        elif found:
            differ += 1
            print(f"{name}: the outputs that are committed are not what it gives")
            print("\n".join(line[:200] for line in found[:60]))
    return 1 if differ or not names else 0


if __name__ == "__main__":
    sys.exit(main())
