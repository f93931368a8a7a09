"""What all answers have in common."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Self, get_args, get_origin, get_type_hints

from .. import _core
from ..verdict import Verdict

Truth = Literal["true", "false", "unknown"]
JsonObject = dict[str, Any]
Names = Iterator[str]
Reduced = tuple[Any, ...]


class Document:
    """An answer of the library: equal when the JSON is, never changed, picklable."""

    __slots__ = ("_data", "_json")
    _json: str
    _data: dict[str, Any] | None

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "_json", text)
        object.__setattr__(self, "_data", None)

    def to_json(self) -> str:
        """The library's JSON, the same bytes from every front end."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The JSON as a fresh dict."""
        data: dict[str, Any] = json.loads(self._json)
        return data

    def _read(self) -> dict[str, Any]:
        data = self._data
        if data is None:
            data = self.to_dict()
            object.__setattr__(self, "_data", data)
        return data

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document) or type(self) is not type(other):
            return NotImplemented
        return self._json == other._json

    def __hash__(self) -> int:
        return hash((type(self), self._json))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes; `{name}` cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes; `{name}` cannot be deleted")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._json,))


class Part:
    """A piece of an answer."""

    __slots__ = ()

    @classmethod
    def _of(cls, data: dict[str, Any], *beyond: Any) -> Self:
        """It from what the JSON has, field by field; ``beyond`` are the fields that the JSON does not have."""
        make: Callable[..., Self] = cls
        readers = _READERS.get(cls)
        if readers is None:
            readers = _READERS[cls] = _readers(cls)
        return make(*(data[name] if to is None else to(data[name]) for name, to in readers), *beyond)

    @classmethod
    def _all(cls, entries: list[dict[str, Any]]) -> tuple[Self, ...]:
        """One for each entry."""
        return tuple(cls._of(entry) for entry in entries)

    def to_dict(self) -> dict[str, Any]:
        """It as JSON has it."""
        names = [entry.name for entry in dataclasses.fields(self) if not entry.name.startswith("_")]  # type: ignore[arg-type]
        return {name.rstrip("_"): as_json(getattr(self, name)) for name in names}


_Reader = Callable[[Any], Any]

_READERS: dict[type[Part], tuple[tuple[str, _Reader | None], ...]] = {}


def _readers(kind: type[Part]) -> tuple[tuple[str, _Reader | None], ...]:
    """For each field of a piece that stands in the JSON: its name there, and what makes the value of it."""
    hints = get_type_hints(kind)
    names = [entry.name for entry in dataclasses.fields(kind) if not entry.name.startswith("_")]  # type: ignore[arg-type]
    return tuple((name.rstrip("_"), _reader(hints[name])) for name in names)


def _reader(hint: Any) -> _Reader | None:
    """What makes a value of this type from what the JSON has; none where that is the value already."""
    if hint is timedelta:
        return read_length
    if isinstance(hint, type) and issubclass(hint, Verdict):
        return Verdict
    if isinstance(hint, type) and issubclass(hint, Part):
        return hint._of
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        of_one = _reader(parts[0])
        return tuple if of_one is None else lambda values: tuple(map(of_one, values))
    if get_origin(hint) is UnionType and len(parts) == 2 and NoneType in parts:
        of_some = _reader(parts[parts[0] is NoneType])
        if of_some is not None:
            return lambda value: None if value is None else of_some(value)
    return None


def as_json(value: Any) -> Any:
    """A value as the JSON has it."""
    if isinstance(value, Part):
        return value.to_dict()
    if isinstance(value, tuple):
        return [as_json(element) for element in value]
    if isinstance(value, timedelta):
        return _core.iso_duration(round(value / timedelta(microseconds=1)))
    if isinstance(value, Enum):
        return value.value
    return value


def read_time(text: str | None) -> timedelta | None:
    """A length of time, or none."""
    return None if text is None else read_length(text)


def read_length(text: str) -> timedelta:
    """A length of time as the JSON writes it."""
    return timedelta(microseconds=_core.parse_duration(text))


def read_verdict(name: str | None) -> Verdict | None:
    """A verdict, or none."""
    return None if name is None else Verdict(name)
