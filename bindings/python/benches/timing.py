"""How long a piece of work takes, for the benchmarks beside this file."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def best(work: Callable[..., Any], *given: Any, **options: Any) -> float:
    """The seconds of the best of three runs."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work(*given, **options)
        times.append(time.perf_counter() - begun)
    return min(times)
