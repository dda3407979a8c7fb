"""The words of the command line, in German: commands, switches, help and what argparse says about wrong
usage."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from etl.formats import flat_formats
from etl.synthetic.recipe import sizes

WRONG_USAGE = 2
_OUT = ".csv oder .xlsx; sonst CSV auf die Standardausgabe"
_GERMAN = (
    (r"the following arguments are required: (.+)", r"Es fehlt: \1."),
    (
        r"argument \S+: invalid choice: '?(.*?)'?,? (?:maybe .*)?\(choose from (.+)\)",
        r"»\1« gibt es nicht; möglich: \2.",
    ),
    (r"unrecognized arguments: (.+)", r"Unbekannt: \1."),
    (r"argument (\S+): expected (?:one|at least one) argument", r"Nach \1 fehlt eine Angabe."),
    (r"ambiguous option: (\S+) could match (.+)", r"»\1« ist nicht eindeutig: \2."),
    (r"argument (\S+): ignored explicit argument '(.*)'", r"\1 nimmt keine Angabe (»\2«)."),
)


class _GermanHelp(argparse.HelpFormatter):
    def add_usage(
        self, usage: Any, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


class GermanParser(argparse.ArgumentParser):
    """An ArgumentParser that speaks German and exits with 2 where it is called wrongly."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **{**settings, "add_help": False, "formatter_class": _GermanHelp, "allow_abbrev": False}
        )
        self.words = self.add_argument_group("Angaben")
        self.switches = self.add_argument_group("Schalter")
        self.switches.add_argument("-h", "--help", action="help", help="zeigt diese Hilfe")

    def error(self, message: str) -> NoReturn:
        """Say in German what is wrong, and where help is."""
        self.print_usage(sys.stderr)
        print(
            f"Falscher Aufruf. {in_german(message)} »{self.prog} --help« zeigt, was möglich ist.",
            file=sys.stderr,
        )
        raise SystemExit(WRONG_USAGE)


def in_german(message: str) -> str:
    """Translate what argparse says about wrong usage; what is unknown stays as it is."""
    for english, german in _GERMAN:
        if re.fullmatch(english, message):
            return re.sub(english, german, message.replace("', '", ", ")).replace("'", "")
    return message


def parser() -> argparse.ArgumentParser:
    """Return the parser of `python -m etl`."""
    whole = GermanParser(
        prog="python -m etl",
        description="Prüft, lädt und schreibt Lieferungen. Der Bestand liegt im Ordner JOBCENTER_WAREHOUSE, sonst in .warehouse.",
    )
    commands = whole.add_subparsers(dest="command", required=True, title="Befehle", metavar="BEFEHL")

    def command(name: str, text: str, *, json: bool = True) -> GermanParser:
        made: GermanParser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        if json:
            made.switches.add_argument("--json", action="store_true", help="Ergebnis als JSON")
        return made

    check = command("check", "sagt, was das Laden ändern würde; schreibt nichts")
    load = command("load", "lädt Dateien (CSV oder XLSX)")
    for each in (check, load):
        each.words.add_argument("files", nargs="+", type=Path, metavar="DATEI")
    load.switches.add_argument(
        "--accept-warnings", default="", metavar="GRUND", help="Hinweise annehmen; der Grund wird aufbewahrt"
    )
    load.switches.add_argument(
        "--who", default="", metavar="NAME", help="wer lädt (sonst der angemeldete Benutzer)"
    )
    command("list", "zeigt alle Vorgänge des Protokolls")
    export = command("export", "schreibt alle geltenden Werte im Langformat")
    export.switches.add_argument(
        "--as-of",
        default="",
        metavar="STAND",
        help="was nach einem Vorgang (Nummer) oder am Ende eines Tages galt (2026-11-21); sonst der neueste Stand",
    )
    command(
        "doctor", "prüft Protokoll, Lieferungen und Stand und stellt wieder her, was sich herstellen lässt"
    )
    command("rebuild", "baut den Bestand aus den aufbewahrten Lieferungen neu")
    retract = command("retract", "nimmt eine Lieferung zurück; die Werte davor gelten wieder", json=False)
    retract.words.add_argument(
        "extract", metavar="KENNUNG", help="Kennung der Lieferung (die ersten Zeichen genügen)"
    )
    retract.switches.add_argument("--reason", default="", metavar="GRUND", help="warum; wird aufbewahrt")
    template = command("template", "schreibt eine Vorlage zum Ausfüllen", json=False)
    filled_in = [each.id for each in flat_formats() if any(column.example for column in each.columns)]
    template.switches.add_argument(
        "--format",
        choices=filled_in,
        default="langformat",
        help=f"was ausgefüllt wird: {', '.join(filled_in)}",
    )
    for each in (export, template):
        each.switches.add_argument("--out", type=Path, metavar="DATEI", help=_OUT)
    formats = command("formats", "zeigt, prüft, übernimmt und entfernt gespeicherte Formate")
    formats.words.add_argument(
        "action",
        nargs="?",
        choices=("list", "show", "check", "add", "remove"),
        default="list",
        metavar="WAS",
        help="list (alle zeigen), show (eines ausgeben), check (Datei prüfen), add (Datei übernehmen), remove (eines entfernen)",
    )
    formats.words.add_argument(
        "about",
        nargs="?",
        default="",
        metavar="DATEI|KENNUNG",
        help="TOML-Datei bei check und add, sonst die Kennung",
    )
    command("seed", "lädt die übertragenen Planungsdokumente, soweit sie fehlen", json=False)
    demo = command(
        "demo",
        "legt einen Bestand aus synthetischen (erfundenen) Daten in einem leeren Ordner an",
        json=False,
    )
    demo.switches.add_argument(
        "--size",
        choices=sizes(),
        default=sizes()[0],
        help=f"wie viele Werte er hat: {', '.join(sizes())} (m = Millionen); sonst {sizes()[0]}",
    )
    return whole
