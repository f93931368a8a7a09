"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import liniment

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def kb() -> liniment.KnowledgeBase:
    return liniment.load("calf-cramps", "leg-red-flags")


@pytest.fixture(scope="session")
def cramp() -> dict[str, object]:
    """A case in which much is known."""
    return {
        "onset_setting": "during_exercise",
        "muscles_affected": "calf_only",
        "cramp_state": "released",
        "in_session": False,
        "goals": ["recover"],
        "time_since_release": "20h",
    }
