"""Turns TOML blocks into the types of the catalog and remembers everything that is wrong with them."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from warehouse.catalog import model

Table = dict[str, Any]
_Entry = TypeVar("_Entry")
_BAD: Any = object()
_GERMAN_TYPES = {
    str: "ein Text in Anführungszeichen",
    bool: "true oder false",
    int: "eine ganze Zahl",
    int | None: "eine ganze Zahl",
    float: "eine Zahl",
    float | None: "eine Zahl",
    date: "ein Datum wie 2019-12-31",
    date | None: "ein Datum wie 2019-12-31",
    tuple[str, ...]: "eine Liste von Texten",
    model.Operand: "ein Block { … }",
    model.Formula | None: "ein Block { … }",
}
_BLOCKS = {model.Formula | None: model.Formula, model.Operand: model.Operand}


class Reader:
    """Reads the files of one catalog folder; `problems` are German sentences with file, entry and remedy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def toml(self, name: str) -> Table:
        """Return the blocks of a file; a missing or broken file is a problem and has none."""
        try:
            return tomllib.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problems.append(f"{name}: Die Datei fehlt. Legen Sie sie in {self.folder} an.")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(
                f"{name}: kein gültiges TOML in UTF-8 ({error}). Berichtigen Sie die genannte Stelle."
            )
        return {}

    def entries(self, type_: type[_Entry], table: Table, file: str) -> dict[str, _Entry]:
        """Return the good entries of a file by their id."""
        read = {
            id_: self.entry(type_, {"id": id_, **block} if isinstance(block, dict) else block, place)
            for id_, block, place in (
                (key, value, f"{file}, Eintrag [{key}]") for key, value in table.items()
            )
        }
        return {id_: entry for id_, entry in read.items() if entry is not None}

    def entry(self, type_: type[_Entry], block: Any, place: str) -> _Entry | None:
        """Return one block as an entry, None where something is wrong with it."""
        if not isinstance(block, dict):
            self.problems.append(
                f"{place}: {block!r} steht außerhalb eines Eintrags. Setzen Sie es in einen."
            )
            return None
        known = {field.name: field for field in fields(type_)}  # type: ignore[arg-type]
        missing = [
            name
            for name, field in known.items()
            if field.default is MISSING and field.default_factory is MISSING and name not in block
        ]
        unknown = [name for name in block if name not in known]
        self.problems += [f"{place}: Das Feld »{name}« fehlt. Ergänzen Sie es." for name in missing]
        self.problems += [
            f"{place}: Das Feld »{name}« ist unbekannt. Entfernen Sie es oder wählen Sie eines von: {', '.join(known)}."
            for name in unknown
        ]
        hints = get_type_hints(type_)
        values = {
            name: self._value(hints[name], value, f"{place}, Feld »{name}«")
            for name, value in block.items()
            if name in known
        }
        if missing or unknown or any(value is _BAD for value in values.values()):
            return None
        return type_(**values)

    def _value(self, hint: Any, value: Any, place: str) -> Any:
        if hint in _BLOCKS and isinstance(value, dict):
            return self.entry(_BLOCKS[hint], value, place) or _BAD
        if _fits(hint, value):
            return (
                float(value)
                if hint in (float, float | None)
                else tuple(value)
                if isinstance(value, list)
                else value
            )
        self.problems.append(
            f"{place}: {value!r} hat den falschen Typ. Erwartet ist {_GERMAN_TYPES.get(hint, str(hint))}."
        )
        return _BAD


def _fits(hint: Any, value: Any) -> bool:
    if hint == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return hint is bool
    if isinstance(value, datetime) or hint in _BLOCKS:
        return False
    accepted: Any = {float: (int, float), float | None: (int, float)}.get(hint, hint)
    return isinstance(value, accepted)
