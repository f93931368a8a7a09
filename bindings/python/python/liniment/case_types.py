"""Types of cases, so that a misspelt fact is an error in the editor."""

from __future__ import annotations

import keyword
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from .errors import CaseError
from .values import Declined, Options, Range, Reports

if TYPE_CHECKING:
    from .knowledge_base import KnowledgeBase
    from .results import FactInfo

__all__ = ["Kind", "Partly", "case_type", "source"]

Partly: TypeAlias = Reports | Declined | None
"""What may be stated of any fact instead of a value: reports, a declined answer, nothing."""

Kind: TypeAlias = Literal["typeddict", "dataclass"]


def case_type(kb: KnowledgeBase, name: str, kind: Kind) -> type:
    """A class with a field for each fact."""
    _check_name(name)
    fields = {fact.id: _type(fact) for fact in kb.facts.values()}
    if kind == "typeddict":
        # Checkers take only names that are written out.
        make: Any = TypedDict
        made: Any = make(name, fields, total=False)
    elif kind == "dataclass":
        import dataclasses

        made = dataclasses.make_dataclass(
            name, [(fact, hint, None) for fact, hint in fields.items()], frozen=True, kw_only=True
        )
    else:
        raise ValueError(f"no kind `{kind}`; there are typeddict, dataclass")
    made.__doc__ = _title(kb)
    finished: type = made
    return finished


def _check_name(name: str) -> None:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CaseError(f"name= is the name of a class, found {name!r}", "C0010", None, name)


def source(kb: KnowledgeBase, name: str, kind: Kind) -> str:
    """The same as the text of a module."""
    _check_name(name)
    lines = [
        f'"""{_title(kb)}."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Collection",
        "from datetime import datetime, timedelta",
    ]
    if kind == "typeddict":
        lines += ["from typing import Literal, TypedDict"]
    else:
        lines[5:5] = ["from dataclasses import dataclass"]
        lines += ["from typing import Literal"]
    lines += [
        "",
        "from liniment.case_types import Partly",
        "from liniment.values import Options, Range",
        "",
        "",
    ]
    if kind == "typeddict":
        lines += [f"class {name}(TypedDict, total=False):"]
    else:
        lines += ["@dataclass(frozen=True, kw_only=True)", f"class {name}:"]
    lines += [f'    """{_title(kb)}."""', ""]
    for fact in kb.facts.values():
        default = "" if kind == "typeddict" else " = None"
        lines.append(f"    {fact.id}: {_written(fact)} | Partly{default}")
        lines.append(f"    {_quoted(fact.ask)}")
    return "\n".join(lines) + "\n"


def _title(kb: KnowledgeBase) -> str:
    packs = " and ".join(f"{pack.id} {pack.version}" for pack in kb.packs)
    return f"A case for {packs}: what is left out is unknown"


def _quoted(text: str) -> str:
    """A docstring."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""{escaped}"""'


def _written(fact: FactInfo) -> str:
    options = ", ".join(f'"{option.id}"' for option in fact.options)
    return {
        "yes_no": "bool",
        "choice": f"Literal[{options}]",
        "scale": f"Literal[{options}] | Range",
        "several": f"Collection[Literal[{options}]] | Options",
        "integer": "int | Range",
        "number": "float | Range",
        "duration": "timedelta | str | Range",
        "clock": "timedelta | datetime | str | Range",
    }[fact.kind]


def _type(fact: FactInfo) -> Any:
    literal: Any = Literal
    options: Any = literal[tuple(option.id for option in fact.options)] if fact.options else bool
    values: dict[str, Any] = {
        "yes_no": bool,
        "choice": options,
        "scale": options | Range,
        "several": Collection[options] | Options,
        "integer": int | Range,
        "number": float | Range,
        "duration": timedelta | str | Range,
        "clock": timedelta | datetime | str | Range,
    }
    return values[fact.kind] | Partly
