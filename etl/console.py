"""What the command line prints: reports and the log, for people or as JSON, on any console."""

from __future__ import annotations

import io
import json
import os
import sys

from etl import log
from etl.problem import WARNING, printable
from etl.verdict import Report

OUTCOMES = {
    log.LOADED: "geladen",
    log.UNCHANGED: "unverändert",
    log.REJECTED: "abgelehnt",
    log.UNCONFIRMED: "wartet auf Bestätigung",
    log.RETRACTED: "zurückgenommen",
    log.DISCARDED: "verworfen",
}
_COUNTS = {
    "new": "neu",
    "revised": "geändert",
    "unchanged": "unverändert",
    "vanished": "hier nicht enthalten (gelten weiter)",
    "skipped": "übergangen",
}
_SHOWN_PROBLEMS = 100


def prepare() -> None:
    """Let every console print German: what an old code page lacks (`−`, `…`) becomes `?` instead of an
    error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_go() -> None:
    """Forget standard output after its reader has gone (`… | head`), so that Python does not complain at the
    end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(data: object) -> None:
    """Print JSON; on a console that is not UTF-8 everything beyond ASCII is escaped, so that nothing is
    lost."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(data, ensure_ascii=not is_utf8, indent=2))


def print_report(report: Report, *, checked: bool) -> None:
    """Print what came of one file: one line, then every problem with its place."""
    can_be_loaded = checked and report.outcome == log.UNCONFIRMED
    outcome = "kann geladen werden" if can_be_loaded else OUTCOMES[report.outcome]
    counts = ", ".join(f"{count} {_COUNTS[name]}" for name, count in report.counts.items() if count)
    print(f"{printable(report.file, 200)}: {outcome}{f' ({counts})' if counts else ''}")
    for found in report.problems[:_SHOWN_PROBLEMS]:
        print(f"  {'Hinweis' if found.severity == WARNING else 'Fehler'} – {found.message}")
    if len(report.problems) > _SHOWN_PROBLEMS:
        print(f"  … und {len(report.problems) - _SHOWN_PROBLEMS} weitere (alle mit --json)")
    if any(found.must_confirm for found in report.problems) and report.outcome == log.UNCONFIRMED:
        before = "Zum Laden" if checked else "Nichts wurde geladen. Nach Prüfung"
        print(f'  {before}: --accept-warnings "Grund"')


def print_log(entries: list[log.Entry]) -> None:
    """Print the acts of the log, one line each."""
    for entry in entries:
        told = (entry.who, entry.file_name, entry.reason)
        who, file_name, reason = (printable(text, 200) for text in told)
        print(
            f"{entry.no:>4}  {entry.at}  {OUTCOMES[entry.act]:<22}  {entry.extract[:12]}  {entry.rows:>7} Zeilen  "
            f"{who}  {file_name}  {reason}".rstrip()
        )
