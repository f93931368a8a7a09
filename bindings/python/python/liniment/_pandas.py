"""Frames of pandas as columns of Arrow, and back.

pandas itself needs ``pyarrow`` for that; here nothing does. Columns that pandas holds in Arrow already are handed on
as they are, the others are read from numpy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from ._core import Column, Frame, frame_of_columns
from .errors import CaseError

if TYPE_CHECKING:
    from .frames import Reading


def columns_of(frame: Any, facts: Collection[str], reading: Reading) -> Frame:
    """The columns that state facts; of the others only their names."""
    if not all(isinstance(name, str) for name in frame.columns):
        raise CaseError(f"the names of columns are texts, found {list(frame.columns)[:5]!r}", "C0006")
    repeated = frame.columns[frame.columns.duplicated()]
    if len(repeated):
        raise CaseError(f"two columns are called `{repeated[0]}`", "C0007", str(repeated[0]))
    read = _read(facts, reading)
    return frame_of_columns(
        [
            (name, _column(name, frame[name]) if name in read else Column.nothing(len(frame)))
            for name in frame.columns
        ]
    )


def frame_of(answer: Frame, given: Any, facts: Collection[str], reading: Reading) -> Any:
    """The answer with the index of the frame that was given; columns passed on are those of that frame."""
    pandas = sys.modules["pandas"]
    kept = set(reading.keep)
    if reading.others == "keep":
        kept.update(set(given.columns) - _read(facts, reading))
    columns = {name: given[name].array if name in kept else _values(answer, name) for name in answer.columns}
    return pandas.DataFrame(columns, index=given.index)


def _read(facts: Collection[str], reading: Reading) -> set[str]:
    """The names of the columns that state facts, if they are there."""
    return ({*facts} - {*reading.columns} - {*reading.keep}) | {*reading.columns.values()}


def _column(name: str, series: Any) -> Column:
    numpy, pandas = sys.modules["numpy"], sys.modules["pandas"]
    kind = series.dtype
    if len(series) and series.isna().all():
        # Where nothing stands, pandas has a type all the same.
        return Column.nothing(len(series))
    if isinstance(kind, pandas.CategoricalDtype):
        texts = kind.categories.tolist()
        if all(isinstance(text, str) for text in texts):
            places = series.cat.codes.to_numpy()
            return Column.choices(places.dtype.name, _bytes(places), texts)
        return _column(name, series.astype(kind.categories.dtype))
    if isinstance(kind, pandas.ArrowDtype) or getattr(kind, "storage", None) == "pyarrow":
        return Column.arrow(series.array.__arrow_array__())
    if isinstance(kind, pandas.DatetimeTZDtype):
        moments = series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return Column.numbers(f"{moments.dtype.name.removesuffix(']')}, UTC]", _bytes(moments))
    if isinstance(kind, numpy.dtype) and kind.name in _OF_NUMPY:
        values = series.to_numpy()
        return Column.numbers(kind.name, _bytes(values))
    if isinstance(kind, pandas.StringDtype):
        return _texts(name, series.to_numpy(dtype=object, na_value=None).tolist(), Column.texts)
    if getattr(getattr(kind, "numpy_dtype", None), "name", None) in _OF_NUMPY:
        values = series.to_numpy(kind.numpy_dtype, na_value=0)
        return Column.numbers(kind.numpy_dtype.name, _bytes(values), _bytes(series.isna().to_numpy()))
    return _objects(name, series)


_OF_NUMPY = {
    "bool",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "float32",
    "float64",
    *(f"{kind}64[{unit}]" for kind in ("timedelta", "datetime") for unit in ("s", "ms", "us", "ns")),
}
"""The types of numpy that are read as they are."""


def _bytes(values: Any) -> Any:
    """The bytes of an array, in the order of this machine."""
    numpy = sys.modules["numpy"]
    return numpy.ascontiguousarray(values, values.dtype.newbyteorder("=")).view(numpy.uint8)


def _objects(name: str, series: Any) -> Column:
    """A column of objects of Python, read as what all of them are."""
    numpy, pandas = sys.modules["numpy"], sys.modules["pandas"]
    values = series.to_numpy(dtype=object, na_value=None)
    missing = pandas.isna(values)

    def filled(value: Any, kind: str) -> Any:
        return numpy.where(missing, value, values).astype(kind)

    match pandas.api.types.infer_dtype(values, skipna=True):
        case "empty":
            return Column.nothing(len(values))
        case "string":
            return _texts(name, numpy.where(missing, None, values).tolist(), Column.texts)
        case "boolean":
            return Column.numbers("bool", _bytes(filled(False, "bool")), _bytes(missing))
        case "integer" | "integer-na":
            try:
                return Column.numbers("int64", _bytes(filled(0, "int64")), _bytes(missing))
            except OverflowError as error:
                raise _unfit(name, "it has a whole number of more than 64 bits") from error
        case "floating" | "mixed-integer-float" | "decimal":
            return Column.numbers("float64", _bytes(filled(numpy.nan, "float64")))
        case "timedelta" | "timedelta64":
            return _column(name, pandas.Series(pandas.to_timedelta(values)))
        case "datetime" | "datetime64":
            try:
                return _column(name, pandas.Series(pandas.to_datetime(values)))
            except (ValueError, TypeError) as error:
                raise _unfit(name, "some of its moments have a time zone, and some have none") from error
        case found:
            known = [(row, value) for row, value in enumerate(values.tolist(), 1) if not missing[row - 1]]
            return _lists(name, len(values), known, found)


def _lists(name: str, rows: int, known: list[tuple[int, Any]], found: str) -> Column:
    """A column of lists of texts; anything else is an error."""
    several = (list, tuple, set, frozenset, sys.modules["numpy"].ndarray)
    other = next(((row, value) for row, value in known if not isinstance(value, several)), None)
    if other is None:
        lists: list[Any] = [None] * rows
        for row, value in known:
            lists[row - 1] = list(value)
        return _texts(name, lists, Column.lists)
    row, value = other
    mixed = next(((at, one) for at, one in known if type(one) is not type(value)), None)
    if mixed is None:
        raise _unfit(name, f"no fact is stated by values of type {type(value).__name__}")
    (row, value), (at, one) = sorted([other, mixed], key=lambda entry: entry[0])
    raise _unfit(
        name,
        "the column has values of several types that do not fit together:"
        f" {type(value).__name__} in row {row}, {type(one).__name__} in row {at}",
    )


def _texts(name: str, values: list[Any], read: Callable[[list[Any]], Column]) -> Column:
    try:
        return read(values)
    except UnicodeEncodeError as error:
        raise _unfit(name, "one of its texts has half a character (a lone surrogate)") from error
    except TypeError as error:
        raise _unfit(name, "one of its lists has something else than texts") from error


def _unfit(name: str, why: str) -> CaseError:
    return CaseError(f"`{name}`: {why}", "C0010", name)


def _values(answer: Frame, name: str) -> Any:
    """A column of the answer as pandas holds such columns."""
    numpy, pandas = sys.modules["numpy"], sys.modules["pandas"]
    match answer.column(name):
        case ("booleans", truths, None):
            return numpy.frombuffer(truths, bool)
        case ("booleans", truths, missing):
            return pandas.arrays.BooleanArray(numpy.frombuffer(truths, bool), numpy.frombuffer(missing, bool))
        case ("choices", places, texts):
            return pandas.Categorical.from_codes(numpy.frombuffer(places, "int8"), texts)
        case ("texts", texts, _):
            return pandas.array(texts, dtype=pandas.Series([""]).dtype)
        case (_, objects, _):
            return pandas.Series(objects, dtype=object).array
