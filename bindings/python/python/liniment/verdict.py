"""Verdicts: what a knowledge base says of one advice id."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Verdict"]


class Verdict(StrEnum):
    """What a knowledge base says of one advice id for one case.

    A member equals its name in lower case: ``Verdict.AVOID == "avoid"``.
    """

    EMERGENCY = "emergency"
    """Call for help now."""
    URGENT = "urgent"
    """Get help the same day."""
    REFER = "refer"
    """Ask someone qualified, or read this."""
    OUT_OF_SCOPE = "out_of_scope"
    """The pack does not cover this."""
    AVOID = "avoid"
    """It does harm."""
    DEFER = "defer"
    """Not yet."""
    RECOMMEND = "recommend"
    """Do it."""
    OPTIONAL = "optional"
    """It can help; the choice is free."""
    INFERIOR = "inferior"
    """It works less well than something else."""
    INEFFECTIVE = "ineffective"
    """It does not work."""
    INFORM = "inform"
    """Good to know."""

    @property
    def code(self) -> int:
        """Its number, 1 to 11, as in frames and in ``Verdicts.codes``; 0 stands for no verdict."""
        return list(Verdict).index(self) + 1

    @classmethod
    def from_code(cls, code: int) -> Verdict | None:
        """The verdict of this number; ``None`` for 0."""
        if code == 0:
            return None
        if not 1 <= code <= len(cls):
            raise ValueError(f"no verdict has the number {code}; they go from 1 to {len(cls)}")
        return list(cls)[code - 1]
