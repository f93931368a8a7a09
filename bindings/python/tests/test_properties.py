"""What holds of any case."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

import liniment


@functools.cache
def kb() -> liniment.KnowledgeBase:
    return liniment.load("calf-cramps", "leg-red-flags")


def values(fact: liniment.results.FactInfo) -> some.SearchStrategy[Any]:
    options = [option.id for option in fact.options]
    match fact.kind:
        case "yes_no":
            return some.booleans()
        case "choice" | "scale":
            return some.sampled_from(options)
        case "several":
            return some.lists(some.sampled_from(options), unique=True)
        case "integer":
            return some.integers(int(fact.from_ or 0), int(fact.to or 100))  # type: ignore[arg-type]
        case "number":
            low = fact.from_ if isinstance(fact.from_, (int, float)) else 0
            high = fact.to if isinstance(fact.to, (int, float)) else low + 100
            return some.floats(low, high)
        case _:
            return some.timedeltas(dt.timedelta(0), dt.timedelta(days=40))


CASES = some.fixed_dictionaries(
    {}, optional={fact.id: values(fact) | some.none() for fact in kb().facts.values()}
)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_the_quick_way_says_what_the_advice_says(case: dict[str, Any]) -> None:
    expected = {item.id: item.verdict for item in kb().advise(case)}
    assert kb().verdicts(case) == expected
    assert kb().verdicts(**case) == expected
    assert kb().verdicts(kb().case(case)) == expected
    # Names that nobody has interned.
    assert kb().verdicts({"".join(list(name)): value for name, value in case.items()}) == expected


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_a_case_comes_back_from_its_json(case: dict[str, Any]) -> None:
    made = kb().case(case)
    assert kb().case_from_json(made.to_json()) == made
    assert kb().case(made.to_dict()) == made


@settings(max_examples=60, deadline=None)
@given(
    some.dictionaries(
        some.text(max_size=12), some.none() | some.text(max_size=5) | some.integers() | some.floats()
    )
)
def test_any_mapping_is_a_case_or_an_error(case: dict[str, Any]) -> None:
    refused = False
    try:
        kb().verdicts(case)
    except liniment.CaseError:
        refused = True
    assert refused or set(case) <= set(kb().facts)
