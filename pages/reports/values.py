"""What Plotly was given as data, as numbers: dates count in days since 1970, names by their place in a list."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pages.reports.paint import ExportError
from pages.reports.scene import Kind

EPOCH = date(1970, 1, 1)
_PACKED: dict[str, Literal["d", "f", "b", "B", "h", "H", "i", "I"]] = {
    "f8": "d", "f4": "f", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I",
}  # fmt: skip


def items(data: Any) -> list[Any]:
    """Return data as a list: lists, tuples, arrays, and the binary form Plotly packs arrays into; None is nothing."""
    if data is None:
        return []
    if isinstance(data, dict) and "bdata" in data:
        data = memoryview(base64.b64decode(data["bdata"])).cast(_PACKED[data["dtype"]])
    if hasattr(data, "tolist"):
        data = data.tolist()
    if isinstance(data, str) or not isinstance(data, Iterable):
        return [data]
    return list(data)


def spread(data: Any, count: int, otherwise: Any = None) -> list[Any]:
    """Return one entry per point: a single entry stands for all."""
    if isinstance(data, (list, tuple, dict)) or hasattr(data, "tolist"):
        told = items(data)
        return (told + [otherwise] * count)[:count]
    return [otherwise if data is None else data] * count


def days(value: Any) -> float:
    """Return a date or its text as days since 1970."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value.replace("Z", ""))
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
        return float((value - datetime(1970, 1, 1)) / timedelta(days=1))
    if isinstance(value, date):
        return float((value - EPOCH).days)
    return float(value) / 86_400_000  # Plotly counts milliseconds


def day(number: float) -> date:
    """Return the date of so many days since 1970."""
    return EPOCH + timedelta(days=round(number))


def kind_of(told: str | None, found: Sequence[Any]) -> Kind:
    """Return what an axis counts: as it says, else by what stands on it."""
    if told and told != "-":
        if told not in ("linear", "log", "date", "category"):
            raise ExportError(f"Achsenart »{told}« ist nicht bekannt.")
        return told  # type: ignore[return-value]
    known = [value for value in found if value is not None]
    if known and all(isinstance(value, (date, datetime)) or _is_day(value) for value in known):
        return "date"
    return "category" if any(isinstance(value, str) for value in known) else "linear"


def _is_day(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def number(value: Any, kind: Kind, categories: Sequence[str]) -> float | None:
    """Return where a value stands on an axis; None is a gap."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if kind == "date":
        return days(value)
    if kind == "category" and isinstance(value, str):
        return float(categories.index(value))
    return float(value)
