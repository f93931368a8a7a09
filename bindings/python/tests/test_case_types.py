"""Types of cases, in Python and as text."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import liniment
from liniment.__main__ import main

USE = """
from case import Case

right: Case = {"cramp_state": "active", "time_since_release": "3d"}
misspelt: Case = {"cramp_stat": "active"}
wrong: Case = {"cramp_state": "activ"}
"""


def test_classes(kb: liniment.KnowledgeBase) -> None:
    mapping = kb.case_type()
    assert set(get_type_hints(mapping)) == set(kb.facts)
    record = kb.case_type("Runner", kind="dataclass")
    assert kb.case(record(cramp_state="active")) == kb.case(cramp_state="active")
    with pytest.raises(TypeError, match="cramp_stat"):
        record(cramp_stat="active")
    assert {entry.name for entry in dataclasses.fields(record)} == set(kb.facts)
    with pytest.raises(ValueError, match="no kind"):
        kb.case_type(kind="class")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["typeddict", "dataclass"])
def test_the_module_runs(tmp_path: Path, kind: str) -> None:
    made = tmp_path / "case.py"
    assert main(["stubs", "calf-cramps", "leg-red-flags", "--kind", kind, "--output", str(made)]) == 0
    done = subprocess.run(
        [sys.executable, "-c", "import case; print(case.Case.__doc__)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert b"calf-cramps 1.0.0" in done.stdout


def test_a_misspelt_fact_is_an_error_in_the_editor(tmp_path: Path) -> None:
    main(["stubs", "calf-cramps", "--output", str(tmp_path / "case.py")])
    (tmp_path / "use.py").write_text(USE)
    # Only what is told of the three lines; whether `liniment` is found is for another step.
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "use.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = {line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == {"5", "6"}, done.stdout


def test_what_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stubs", "calf-cramp"]) == 1
    assert "did you mean `calf-cramps`" in capsys.readouterr().err
