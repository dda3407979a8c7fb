"""Reads a saved format from its TOML and writes it so that a colleague can review it; both ways nothing is lost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any

from etl.assigned import Assigned, Dimension, Made, Title, ToldFile, Value, Word
from etl.assigned_rules import broken_rules
from etl.formats import Format
from etl.lexicon import Lexicon
from warehouse.catalog.reader import Reader, Table

_LISTS: dict[str, type] = {
    "columns": Dimension,
    "values": Value,
    "words": Word,
    "titles": Title,
    "files": ToldFile,
}


@dataclass(frozen=True)
class _Sheet:
    """The section [sheet]."""

    headers: int = 1
    below: int = 0
    title: str = ""
    ends: str = ""
    known_only: bool = False


_SHEET = tuple(field.name for field in fields(_Sheet))
_TOP = ("id", "name", "target", "ignored", "asked", "given", "made", "sheet", *_LISTS)
_EXPLAINED = {
    "given": "Was für alle Zeilen jeder Datei gilt.",
    "sheet": "headers: Kopfzeilen; below: Zeilen zwischen Kopf und Werten; title: Text, der über der Tabelle stehen muss;\n"
    "# ends: Muster für den Beginn der Zeile, mit der die Tabelle zu Ende ist;\n"
    "# known_only: Zeilen von Jobcentern, die nicht im Katalog stehen, werden nicht gelesen.",
    "titles": "Was einmal über (der Datenstand auch unter) der Tabelle steht; gelesen wird, was in der Klammer steht.",
    "columns": "Spalten, die sagen, wofür die Werte ihrer Zeile gelten. filled: Eine leere Zelle wiederholt die darüber.",
    "values": "Spalten mit Werten; name ist die Überschrift ohne Zeitraum, Kopfzeilen mit | verbunden.",
    "words": "Wie die Datei etwas nennt und was es heißt; ohne means werden die Zeilen nicht gelesen.\n"
    "# name: der amtliche Name, wo means die Nummer eines Jobcenters ist, das nicht im Katalog steht.",
    "files": "Was eine Person zu einer einzelnen Datei (Prüfsumme) gesagt hat, weil es nicht in ihr steht.",
}


class FormatError(Exception):
    """A format cannot be used; `problems` are German sentences with file, place and remedy."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def read_format(source: bytes, file: str, lexicon: Lexicon) -> Format:
    """Return the format a TOML declares (FormatError with everything that is wrong with it)."""
    try:
        block = tomllib.loads(source.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(
            [f"{file}: kein gültiges TOML in UTF-8 ({error}). Berichtigen Sie die genannte Stelle."]
        ) from None
    reader = Reader(Path())
    reader.problems += [
        f"{file}: Den Eintrag »{name}« gibt es nicht. Möglich: {', '.join(_TOP)}."
        for name in block
        if name not in _TOP
    ]
    lists = {
        name: _list(reader, type_, block.get(name, []), f"{file}, [[{name}]]")
        for name, type_ in _LISTS.items()
    }
    made = reader.entry(Made, block.get("made", {}), f"{file}, [made]")
    sheet = reader.entry(_Sheet, block.get("sheet", {}), f"{file}, [sheet]")
    given = _texts(reader, block.get("given", {}), f"{file}, [given]")
    named = _texts(reader, {name: block.get(name, "") for name in ("id", "name")}, file)
    names = {name: _names(reader, block.get(name, []), f"{file}, {name}") for name in ("ignored", "asked")}
    if block.get("target", "observations") != "observations":
        reader.problems.append(f'{file}, target: Möglich ist nur "observations".')
    if reader.problems or sheet is None or made is None:
        raise FormatError(reader.problems)
    parts: dict[str, Any] = {**vars(sheet), **lists, **names, "made": made}
    assigned = Assigned(**parts)
    format_ = Format(
        named["id"], named["name"], "observations", given=given, assigned=assigned, source=source
    )
    if problems := [f"{file}, {text}" for text in broken_rules(format_, assigned, lexicon)]:
        raise FormatError(problems)
    return format_


def _list(reader: Reader, type_: type, blocks: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(blocks, list):
        reader.problems.append(f"{place}: Erwartet ist eine Liste von Einträgen.")
        return ()
    read = (reader.entry(type_, block, f"{place} Nr. {number}") for number, block in enumerate(blocks, 1))
    return tuple(entry for entry in read if entry is not None)


def _names(reader: Reader, block: Any, place: str) -> tuple[str, ...]:
    if not isinstance(block, list) or not all(isinstance(name, str) for name in block):
        reader.problems.append(f"{place}: Erwartet ist eine Liste von Texten.")
        return ()
    return tuple(block)


def _texts(reader: Reader, block: Any, place: str) -> dict[str, str]:
    if not isinstance(block, dict) or not all(isinstance(text, str) for text in block.values()):
        reader.problems.append(f"{place}: Erwartet sind Texte in Anführungszeichen.")
        return {}
    return block


def format_toml(format_: Format) -> str:
    """Return the TOML of a saved format, with comments on who made it and what its parts say."""
    assigned = format_.assigned or Assigned((), ())
    made = assigned.made
    sheet = f", Blatt »{made.sheet}«" if made.sheet else ""
    top: dict[str, Any] = {"id": format_.id, "name": format_.name, "target": format_.target}
    top |= {name: list(getattr(assigned, name)) for name in ("ignored", "asked") if getattr(assigned, name)}
    parts = [
        _comment(f"Zugeordnet von {made.by} am {made.at} (UTC) nach der Datei »{made.file}«{sheet}."),
        "# Bedeutung der Angaben: Handbuch, Abschnitt »Eine unbekannte Datei zuordnen«.\n",
        _pairs(top),
        "\n[made]\n" + _pairs(_told(made)),
        _section("given", format_.given),
        _section("sheet", {name: getattr(assigned, name) for name in _SHEET}),
        *(
            _blocks(name, getattr(assigned, name))
            for name in ("titles", "columns", "values", "words", "files")
        ),
    ]
    return "".join(parts)


def _section(name: str, table: Mapping[str, Any]) -> str:
    return f"\n# {_EXPLAINED[name]}\n[{name}]\n{_pairs(table)}" if table else ""


def _blocks(name: str, entries: Iterable[Any]) -> str:
    blocks = "\n".join(f"[[{name}]]\n{_pairs(_told(entry))}" for entry in entries)
    return f"\n# {_EXPLAINED[name]}\n{blocks}" if blocks else ""


def _told(entry: Any) -> Table:
    """Return the fields that do not just repeat their default."""
    return {
        field.name: getattr(entry, field.name)
        for field in fields(entry)
        if _is_needed(field) or getattr(entry, field.name) != field.default
    }


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING


def _pairs(table: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_toml(value)}\n" for name, value in table.items())


def _toml(value: Any) -> str:
    """Return a value as TOML writes it: its strings are those of JSON, but for one control character more.

    Patterns stand between single quotes, where a backslash needs no second one.
    """
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    """Return a comment of one line, whatever stands in names from outside."""
    safe = "".join(sign if sign.isprintable() else " " for sign in text)
    return f"# {safe}\n"
