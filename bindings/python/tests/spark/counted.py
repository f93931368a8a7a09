"""A knowledge base that counts, in each process, how often it was compiled."""

from __future__ import annotations

from typing import Any

import liniment


class Counted(liniment.KnowledgeBase):
    __slots__ = ()
    compiled = 0

    def __new__(cls, *parts: Any) -> Counted:
        Counted.compiled += 1
        return super().__new__(cls, *parts)
