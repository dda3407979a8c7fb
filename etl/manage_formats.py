"""Saved formats on the command line: listed, shown, checked, added from another machine, removed."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.assigned_toml import FormatError
from etl.console import print_json
from etl.extract import readable
from etl.formats import Format
from etl.load import loading
from etl.problem import german_reason, printable
from etl.saved import Saved, check_format, remove_format, save_format, saved_formats

_DONE, _FAILED = 0, 1


def manage_formats(folder: Path, action: str, about: str, *, json: bool) -> int:
    """Do what the command line asks with the formats of a warehouse; return the exit code."""
    saved = saved_formats(folder)
    if action == "list":
        return _list(saved, folder, json=json)
    if not about:
        what = "die Datei" if action in ("check", "add") else "die Kennung"
        print(f"Es fehlt {what}: python -m etl formats {action} …", file=sys.stderr)
        return _FAILED
    if action in ("check", "add"):
        return _take(folder, Path(about), keep=action == "add")
    return _known(folder, saved, about, remove=action == "remove")


def about_format(format_: Format) -> dict[str, str]:
    """Return who made a saved format, when and after which file."""
    made = format_.assigned.made if format_.assigned else None
    return {"by": made.by, "at": made.at, "file": made.file, "sheet": made.sheet} if made else {}


def _list(saved: Saved, folder: Path, *, json: bool) -> int:
    if json:
        formats = [
            {"id": each.id, "name": each.name, "version": each.version, **about_format(each)}
            for each in saved.formats
        ]
        print_json({"formats": formats, "faults": list(saved.faults)})
    else:
        for each in saved.formats:
            made = about_format(each)
            told = f"{each.id}  {each.name}  von {made['by']}, {made['at']}, nach {made['file']}"
            print(printable(told, 300))
        if not saved.formats:
            print(f"In {folder} ist kein Format gespeichert.")
    for fault in saved.faults:
        print(f"Fehler – {printable(fault, 500)}", file=sys.stderr)
    return _FAILED if saved.faults else _DONE


def _take(folder: Path, path: Path, *, keep: bool) -> int:
    try:
        source = path.read_bytes()
    except OSError as error:
        print(f"{path} ist nicht lesbar: {german_reason(error)}.", file=sys.stderr)
        return _FAILED
    try:
        if keep:
            with loading(folder):
                format_ = save_format(folder, source, readable(path.name))
        else:
            format_ = check_format(folder, source, readable(path.name))
    except FormatError as error:
        for text in error.problems:
            print(f"Fehler – {printable(text, 500)}", file=sys.stderr)
        return _FAILED
    done = "ist gespeichert; Dateien werden ab jetzt damit erkannt" if keep else "ist in Ordnung"
    print(printable(f"Das Format »{format_.name}« ({format_.id}) {done}.", 300))
    return _DONE


def _known(folder: Path, saved: Saved, id_: str, *, remove: bool) -> int:
    format_ = next((each for each in saved.formats if each.id == id_), None)
    if format_ is None:
        print(
            f"Ein gespeichertes Format »{printable(id_)}« gibt es nicht. »python -m etl formats« zeigt alle.",
            file=sys.stderr,
        )
        return _FAILED
    if not remove:
        print(format_.source.decode(), end="")
        return _DONE
    with loading(folder):
        remove_format(folder, id_)
    print(printable(f"Das Format »{format_.name}« ist entfernt. Was damit geladen wurde, gilt weiter.", 300))
    return _DONE
