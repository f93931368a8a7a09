"""Threads, processes, leaks, and the import."""

from __future__ import annotations

import concurrent.futures
import gc
import multiprocessing
import pickle
import resource
import subprocess
import sys
from typing import Any

import pytest

import liniment

CASE = {"cramp_state": "active", "muscles_affected": "calf_only", "onset_setting": "during_exercise"}


def advised(case: dict[str, Any], kb: liniment.KnowledgeBase) -> str:
    return kb.advise(case).to_json()


def advised_here(case: dict[str, Any]) -> str:
    return liniment.load("calf-cramps", "leg-red-flags").advise(case).to_json()


def test_threads_share_one(kb: liniment.KnowledgeBase) -> None:
    expected = kb.advise(CASE).to_json()
    verdicts = kb.verdicts(CASE)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: kb.advise(CASE).to_json(), range(40)))
        quick = list(pool.map(lambda _: kb.verdicts(CASE) == verdicts, range(400)))
    assert set(answers) == {expected}
    assert all(quick)


def test_threads_overlap(kb: liniment.KnowledgeBase) -> None:
    """While one thread proves, another one runs Python."""
    done = concurrent.futures.Future[int]()

    def prove() -> None:
        kb.prove(budget=2_000)
        done.set_result(1)

    import threading

    thread = threading.Thread(target=prove)
    thread.start()
    steps = 0
    while not done.done():
        steps += 1
    thread.join()
    # Without letting go, the loop would have run only between whole proofs.
    assert steps > 1_000


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_processes(kb: liniment.KnowledgeBase, method: str) -> None:
    expected = kb.advise(CASE).to_json()
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(advised, CASE, kb).result(timeout=120) == expected
        assert pool.submit(advised_here, CASE).result(timeout=120) == expected


def test_a_pickle_from_another_process(kb: liniment.KnowledgeBase) -> None:
    program = (
        "import liniment, pickle, sys;"
        f"kb = liniment.load('calf-cramps', 'leg-red-flags'); advice = kb.advise({CASE!r});"
        "sys.stdout.buffer.write(pickle.dumps(advice))"
    )
    made = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout
    advice = pickle.loads(made)
    assert advice.to_json() == kb.advise(CASE).to_json()
    assert advice["stretch"].why().verdict == "recommend"


def test_memory_stays_flat(kb: liniment.KnowledgeBase) -> None:
    def calls(count: int) -> None:
        for number in range(count):
            kb.verdicts(CASE)
            kb.verdicts(cramp_state="active", in_session=True)
            if number % 100 == 0:
                kb.case(CASE)
                kb.advise(CASE)
                with pytest.raises(liniment.CaseError):
                    kb.verdicts(cramp_stat="active")

    calls(5_000)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    calls(50_000)
    gc.collect()
    # In KiB: 10⁵ calls leave nothing behind.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4_096


def read_by(work: str) -> set[str]:
    """The modules that Python reads for a piece of work."""
    program = f"import sys; before = set(sys.modules); {work}; print(*set(sys.modules) - before)"
    return set(
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        ).stdout.split()
    )


def test_only_what_is_used_is_read() -> None:
    """Many classes take long to make; neither the import nor a load needs any."""
    imported = read_by("import liniment")
    assert imported - {"__future__"} == {"liniment", "liniment._lazy"}
    loaded = read_by("import liniment; liniment.load()")
    assert "liniment._core" in loaded
    assert "liniment.results.advice" not in loaded
    assert not {"dataclasses", "typing", "json", "re"} & loaded
    advised = read_by("import liniment; liniment.load().advise()")
    assert "liniment.results.advice" in advised
    assert "liniment.results.plan" not in advised


def test_everything_that_is_named_is_there() -> None:
    for name in liniment.__all__:
        assert getattr(liniment, name) is not None
    assert set(liniment.__all__) <= set(dir(liniment))
    assert liniment.__version__.count(".") == 2
    misspelt = "advize"
    with pytest.raises(AttributeError, match="no attribute 'advize'"):
        getattr(liniment, misspelt)
