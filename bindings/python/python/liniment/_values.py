"""Objects of Python and its libraries as plain values; the extension asks for what it does not know itself.

No library is imported here: an object of pandas can only come from somebody who has imported pandas.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from .errors import CaseError

__all__ = ["entries", "plain"]


def entries(record: Any) -> dict[str, Any]:
    """The facts of a mapping, dataclass, pydantic model, named tuple, or row of a frame."""
    if isinstance(record, Mapping):
        return dict(record)
    if isinstance(record, type):
        raise _no_case(record, "it is a class; give an instance of it")
    if hasattr(record, "__dataclass_fields__"):
        return {name: getattr(record, name) for name in record.__dataclass_fields__}
    model_fields = getattr(type(record), "model_fields", None)
    if isinstance(model_fields, dict) and hasattr(record, "model_dump"):
        return {name: getattr(record, name) for name in model_fields}
    if hasattr(record, "_fields") and hasattr(record, "_asdict"):
        return dict(record._asdict())
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        if isinstance(record, pandas.Series):
            # In a row of a frame NaN is how pandas writes that a value is missing.
            return {name: None if _missing(value) else value for name, value in record.items()}
        if isinstance(record, pandas.DataFrame):
            raise _no_case(record, "a frame is many cases; advise_frame takes it")
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(record, (polars.DataFrame, polars.LazyFrame)):
        raise _no_case(
            record, "a frame is many cases; advise_frame takes it, and row(0, named=True) is one case"
        )
    if isinstance(record, (str, bytes)):
        raise _no_case(record, "case_from_json reads text")
    if isinstance(record, Iterator):
        raise _no_case(record, "an iterator is no case; make a dict of it")
    raise _no_case(record, "give a mapping, a dataclass, a pydantic model, or a row of a frame")


def plain(value: Any, place: str, now: Any) -> Any:
    """One value as `None`, bool, int, float, str, timedelta, list, or dict."""
    if isinstance(value, type):
        raise _no_value(value, place, "it is nothing that a fact can be")
    own = getattr(value, "__liniment__", None)
    if own is not None:
        return own()
    import datetime
    import enum

    if isinstance(value, enum.Enum):
        return value.value
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        if isinstance(value, numpy.datetime64):
            return None if numpy.isnat(value) else _elapsed(_moment(value), place, now)
        if isinstance(value, numpy.timedelta64):
            return None if numpy.isnat(value) else value.astype("timedelta64[us]").item()
        if isinstance(value, numpy.generic):
            return value.item()
        if isinstance(value, numpy.ndarray):
            return value.tolist()
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        if value is pandas.NA or value is pandas.NaT:
            return None
        if isinstance(value, pandas.Timestamp):
            return _elapsed(value.to_pydatetime(warn=False), place, now)
        if isinstance(value, pandas.Timedelta):
            return value.to_pytimedelta()
        if isinstance(value, pandas.Series):
            return value.tolist()
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(value, polars.Series):
        return value.to_list()
    if isinstance(value, datetime.datetime):
        return _elapsed(value, place, now)
    if isinstance(value, datetime.timedelta):
        return datetime.timedelta(value.days, value.seconds, value.microseconds)
    if isinstance(value, datetime.date):
        raise _no_value(value, place, "a date is no moment; give a datetime, or a length of time")
    # Of subclasses only what they stand for counts.
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return set(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    if type(value).__module__ == "decimal":
        return float(value)
    if isinstance(value, Iterator):
        raise _no_value(value, place, "an iterator is no value; make a list of it")
    raise _no_value(value, place, "it is nothing that a fact can be")


def _missing(value: Any) -> bool:
    if isinstance(value, float):
        return value != value
    pandas = sys.modules["pandas"]
    return value is pandas.NA or value is pandas.NaT


def _moment(value: Any) -> Any:
    """A moment of numpy, to the microsecond."""
    return value.astype("datetime64[us]").item()


def _elapsed(moment: Any, place: str, now: Any) -> Any:
    """How long ago a moment was."""
    import datetime

    if now is None:
        raise _no_value(
            moment, place, "a moment needs now=, the moment from which it is looked back; no clock is read"
        )
    reference = now
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(now, numpy.datetime64):
        reference = _moment(now)
    elif hasattr(now, "to_pydatetime"):
        reference = now.to_pydatetime(warn=False)
    if not isinstance(reference, datetime.datetime):
        raise _no_value(now, place, "now= is a datetime")
    if (reference.utcoffset() is None) != (moment.utcoffset() is None):
        raise _no_value(moment, place, f"it and now={now} must both have a time zone, or neither")
    return reference - moment


def _no_case(record: Any, why: str) -> CaseError:
    return CaseError(f"{_shown(record)} is no case: {why}", "C0006", None, _shown(record))


def _no_value(value: Any, place: str, why: str) -> CaseError:
    return CaseError(f"`{place}`: {_shown(value)}: {why}", "C0010", place, _shown(value))


def _shown(value: Any) -> str:
    """What somebody gave, on one line and not too long."""
    text = (
        f"the {type(value).__name__} {value!r}"
        if not isinstance(value, type)
        else f"the class {value.__name__}"
    )
    text = " ".join(text.split())
    return text if len(text) <= 100 else text[:99] + "…"
