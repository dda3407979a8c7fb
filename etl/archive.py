"""Looks at every part of a zipped workbook before a parser does: number, names, unpacked size, checksums,
document types."""

from __future__ import annotations

import stat
import zipfile

from etl.sandbox import Limits, RefusedError

_XLSX = {"[Content_Types].xml", "xl/workbook.xml"}
_ODS = {"mimetype", "content.xml"}
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MACROS = ("Basic/", "Scripts/")
_ENCRYPTED = "die Arbeitsmappe ist verschlüsselt; speichern Sie sie ohne Kennwort"
WITH_MACROS = "die Arbeitsmappe enthält Makros; speichern Sie sie ohne Makros als XLSX"
NO_WORKBOOK = "sie ist keine Arbeitsmappe (XLSX, XLS oder ODS)"


def kind_of_workbook(archive: zipfile.ZipFile, limits: Limits) -> str:
    """Return "xlsx" or "ods" for an archive whose parts are all harmless (RefusedError otherwise)."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if (
        len(entries) > limits.entries
        or sum(entry.file_size for entry in entries) > limits.unpacked_megabytes * 1e6
    ):
        raise RefusedError(
            f"die Arbeitsmappe ist entpackt zu groß (höchstens {limits.unpacked_megabytes} MB und {limits.entries} Teile)"
        )
    if not (_XLSX.issubset(names) or _ODS.issubset(names)) or len(set(names)) < len(names):
        raise RefusedError(NO_WORKBOOK)
    for entry in entries:
        _inspect(entry, archive)
    if _XLSX.issubset(names):
        return "xlsx"
    if not archive.read("mimetype").startswith(_ODS_TYPE):
        raise RefusedError(NO_WORKBOOK)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise RefusedError(_ENCRYPTED)
    return "ods"


def _inspect(entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
    if ".." in entry.filename.split("/") or entry.filename.startswith("/") or _is_link(entry):
        raise RefusedError("die Arbeitsmappe enthält unzulässige Teile")
    if entry.flag_bits & 1:
        raise RefusedError(_ENCRYPTED)
    if entry.filename.endswith("vbaProject.bin") or entry.filename.startswith(_MACROS):
        raise RefusedError(WITH_MACROS)
    part = archive.read(entry)  # checks size and checksum
    if entry.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in part or b"\0" in part):
        raise RefusedError("die Arbeitsmappe enthält unzulässige Teile")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)
