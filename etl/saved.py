"""The formats people have saved: kept in the warehouse folder, every version for ever, so that a rebuild reads as it did then."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from etl.assigned import Assigned, ToldFile
from etl.assigned_toml import FormatError, format_toml, read_format
from etl.extract import DamagedWarehouseError
from etl.formats import Format, load_formats
from etl.lexicon import Lexicon
from warehouse.catalog import load_catalog
from warehouse.durable import write_durably
from warehouse.snapshots import warehouse_folder
from warehouse.spelling import fold

LARGEST_FORMAT = 1_000_000
_LETTERS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


@dataclass(frozen=True)
class Saved:
    """The formats of a warehouse in the order of their names, and German sentences about those that are broken."""

    formats: tuple[Format, ...] = ()
    faults: tuple[str, ...] = ()


def formats_folder(folder: Path) -> Path:
    """Return where a warehouse keeps its formats, one `<id>.toml` each."""
    return folder / "formats"


def saved_formats(folder: Path) -> Saved:
    """Read the saved formats of a warehouse; a broken one is a fault and the others work."""
    formats, faults = [], []
    for path in sorted(formats_folder(folder).glob("*.toml")):
        try:
            source = path.read_bytes()
            format_ = _read(source, path.name)
            if format_.id != path.stem:
                raise FormatError([f"{path.name}, id: Erwartet ist »{path.stem}«, wie die Datei heißt."])
            _refuse_own(format_.id, path.name)
            formats.append(format_)
        except FormatError as error:
            faults.extend(error.problems)
        except OSError as error:
            faults.append(f"{path.name}: nicht lesbar ({error.strerror}).")
    return Saved(tuple(sorted(formats, key=lambda each: fold(each.name))), tuple(faults))


@lru_cache(maxsize=256)
def _read(source: bytes, file: str) -> Format:
    if len(source) > LARGEST_FORMAT:
        raise FormatError([f"{file}: Die Datei ist zu groß für ein Format (über 1 MB)."])
    return read_format(source, file, Lexicon(load_catalog()))


def check_format(folder: Path, source: bytes, file: str, *, replaces: str = "") -> Format:
    """Return the format a TOML declares, fit to be saved (FormatError says why it is not).

    `replaces`: the id of the saved format that it is a new version of.
    """
    format_ = _read(source, file)
    others = [each for each in saved_formats(folder).formats if each.id not in (format_.id, replaces)]
    is_taken = (formats_folder(folder) / f"{format_.id}.toml").exists() and format_.id != replaces
    if is_taken or any(fold(each.name) == fold(format_.name) for each in (*others, *load_formats())):
        raise FormatError(
            [
                f"Den Namen »{format_.name}« trägt schon ein Format. Wählen Sie einen anderen, oder entfernen Sie das alte."
            ]
        )
    _refuse_own(format_.id, file)
    if rival := next((each for each in others if is_rival(format_, each)), None):
        raise FormatError(
            [
                f"Dieselben Überschriften erkennt schon das Format »{rival.name}«. Nennen Sie einen Text über der Tabelle, "
                "der nur in diesen Dateien steht, oder entfernen Sie das andere Format."
            ]
        )
    return format_


def is_rival(one: Format, other: Format) -> bool:
    """Tell whether two saved formats would claim the same files, with nothing that tells them apart."""
    if one.assigned is None or other.assigned is None or one.assigned.headers != other.assigned.headers:
        return False
    names, same_title = other.assigned.names, fold(one.assigned.title) == fold(other.assigned.title)
    return same_title and len(one.assigned.names & names) == len(one.assigned.names) == len(names)


def _refuse_own(id_: str, file: str) -> None:
    if id_ in {each.id for each in load_formats()}:
        raise FormatError(
            [f"{file}, id: »{id_}« heißt ein Format des Programms. Wählen Sie eine andere Kennung."]
        )


def save_format(folder: Path, source: bytes, file: str = "Format") -> Format:
    """Keep a format in the warehouse, from now on files are found by it (FormatError, OSError; nothing is kept then)."""
    format_ = check_format(folder, source, file)
    _write(folder, format_)
    return format_


def revise_format(folder: Path, format_: Format, version: str) -> Format:
    """Keep a new version of a saved format in place of one (FormatError, OSError; that one holds then).

    Files are read by it from now on; loads before it keep the version they were read by. Where somebody has changed or
    removed the format meanwhile, nothing is kept.
    """
    now_saved = next((each for each in saved_formats(folder).formats if each.id == format_.id), None)
    if now_saved is None or now_saved.version != version:
        done = "entfernt" if now_saved is None else "geändert"
        raise FormatError(
            [
                f"Das Format »{format_.name}« hat inzwischen jemand {done}. Nichts wurde gespeichert; brechen Sie ab und öffnen "
                "Sie es neu."
            ]
        )
    source = format_toml(format_).encode()
    revised = check_format(folder, source, "Format", replaces=format_.id)
    _write(folder, revised)
    return revised


def tell(folder: Path, format_id: str, file: ToldFile) -> Format:
    """Add to a saved format what a person says of one file; loads before it keep the version they were read by."""
    (format_,) = (each for each in saved_formats(folder).formats if each.id == format_id)
    assigned = format_.assigned or Assigned((), ())
    others = tuple(each for each in assigned.files if each.extract != file.extract)
    changed = replace(format_, assigned=replace(assigned, files=(*others, file)))
    told = _read(format_toml(changed).encode(), f"{format_id}.toml")
    _write(folder, told)
    return told


def _write(folder: Path, format_: Format) -> None:
    keep_version(folder, format_)
    write_durably(formats_folder(folder) / f"{format_.id}.toml", format_.source)


def remove_format(folder: Path, format_id: str) -> None:
    """Take a format away: files are no longer found by it, what was loaded stays as it is."""
    path = formats_folder(folder) / f"{format_id}.toml"
    source = path.read_bytes()
    write_durably(version_path(folder, hashlib.sha256(source).hexdigest()), source)
    path.unlink()


# --- versions


def version_path(folder: Path, version: str) -> Path:
    """Return where a version of a format is kept, by its SHA-256."""
    return formats_folder(folder) / "versions" / f"{version}.toml"


def keep_version(folder: Path, format_: Format) -> None:
    """Keep the very declaration a file was read by."""
    path = version_path(folder, format_.version)
    if format_.source and (not path.exists() or path.read_bytes() != format_.source):
        write_durably(path, format_.source)


def kept_version(folder: Path, version: str, format_id: str) -> Format:
    """Return a format as it was when a file was loaded by it (DamagedWarehouseError where that is lost or damaged)."""
    path = version_path(folder, version)
    places = [place for place in (path, formats_folder(folder) / f"{format_id}.toml") if place.is_file()]
    for place in places:
        source = place.read_bytes()
        if hashlib.sha256(source).hexdigest() == version:
            try:
                return _read(source, place.name)
            except FormatError as error:
                raise DamagedWarehouseError(
                    f"Das Format »{format_id}« lässt sich nicht mehr lesen; der Katalog wurde seither geändert. {error}"
                ) from None
    what = "ist beschädigt (Prüfsumme falsch)" if path.exists() else "fehlt"
    raise DamagedWarehouseError(
        f"Die aufbewahrte Fassung des Formats »{format_id}« {what}: {path}. Stellen Sie diese Datei aus einer Sicherung "
        "wieder her, oder nehmen Sie die Lieferungen, die damit gelesen wurden, zurück und laden Sie sie neu."
    )


def saved_name(folder: Path, format_id: str) -> str:
    """Return the name of a saved format, also of one that was removed; "" where none had this id."""
    places = [formats_folder(folder) / f"{format_id}.toml"]
    named = f'id = "{format_id}"'.encode()
    for path in (*places, *sorted(formats_folder(folder).glob("versions/*.toml"))):
        source = path.read_bytes() if path.is_file() else b""
        if named in source:
            try:
                return _read(source, path.name).name
            except FormatError:
                continue
    return ""


def format_name(id: str) -> str:
    """Return the name of a format; "" for none, the id for one that nothing is known of any more."""
    named = next((each.name for each in load_formats() if each.id == id), "")
    return named or (id and saved_name(warehouse_folder(), id)) or id


def id_of(name: str, taken: Sequence[str] = ()) -> str:
    """Return the id of a name: `Monatsbericht Größe 2` → `monatsbericht-groesse-2`."""
    german = name.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", german).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "format"
    return made if made not in taken else f"{made}-2"


def now() -> str:
    """Return the moment a format is made, as its TOML writes it."""
    return datetime.now(UTC).strftime("%d.%m.%Y, %H:%M Uhr")
