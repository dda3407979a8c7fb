"""The command line: python -m etl check | load | list | export | doctor | rebuild | retract | template |
formats | seed | demo."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

import polars as pl

from etl import log
from etl.arguments import WRONG_USAGE, parser
from etl.console import let_go, prepare, print_json, print_log, print_report
from etl.doctor import examine
from etl.draft import COUNTS
from etl.export import export, langformat_csv, langformat_xlsx, template
from etl.extract import Extract, readable
from etl.failure import FAILURES, german_failure
from etl.limits import limits
from etl.load import load_together, rebuild, retract
from etl.manage_formats import manage_formats
from etl.problem import german_reason, printable, problem
from etl.progress import one_of
from etl.progress_line import progress_line
from etl.seed import seed
from etl.synthetic.apart import is_synthetic
from etl.synthetic.build import NotEmptyError, build
from etl.verdict import Offer, Report, check_extract
from warehouse.catalog import load_catalog
from warehouse.formatting import format_plain
from warehouse.questions import ask
from warehouse.snapshots import DEMO_FOLDER, current_snapshot, warehouse_folder
from warehouse.states import act_of

DONE, REJECTED, INTERRUPTED = 0, 1, 130


def _read(path: Path) -> Extract | Report:
    name = readable(path.name)
    try:
        size = path.stat().st_size
        if size <= limits().file_bytes:
            return Extract.from_file(path)
        expected = f"{limits().megabytes} MB"
        found = problem("too_large", file=name, found=f"{size // 1_000_000} MB", expected=expected)
    except OSError as error:
        found = problem("unreadable_file", file=name, found=german_reason(error))
    return Report(name, log.REJECTED, "", dict.fromkeys(COUNTS, 0), [found])


def _check(arguments: argparse.Namespace, folder: Path) -> int:
    with progress_line(), closing(_each_file(arguments.files)) as files:
        reports = [
            read if isinstance(read, Report) else check_extract(folder, read) for read in map(_read, files)
        ]
    _print_reports(reports, arguments)
    return REJECTED if any(report.outcome == log.REJECTED for report in reports) else DONE


def _load(arguments: argparse.Namespace, folder: Path) -> int:
    unread: dict[int, Report] = {}
    with progress_line(), closing(_offers(arguments, unread)) as offers:
        reports = load_together(folder, offers, who=readable(arguments.who))
    for place, report in unread.items():
        reports.insert(place, report)
    _print_reports(reports, arguments)
    return DONE if all(report.outcome in (log.LOADED, log.UNCHANGED) for report in reports) else REJECTED


def _offers(arguments: argparse.Namespace, unread: dict[int, Report]) -> Generator[Offer, None, None]:
    """Yield what is to be loaded; what cannot be read is put into `unread`, by its place among the files."""
    accept_warnings = readable(arguments.accept_warnings)
    for place, path in enumerate(_each_file(arguments.files)):
        read = _read(path)
        if isinstance(read, Report):
            unread[place] = read
            continue
        offer = [Offer(read, accept_warnings)]
        del read
        yield offer.pop()  # whoever loads it may let go of a very large file


def _each_file(paths: list[Path]) -> Generator[Path, None, None]:
    """Yield every file when it is its turn; what is told meanwhile belongs to it."""
    for number, path in enumerate(paths, 1):
        with one_of(f"Datei {number} von {len(paths)}: {readable(path.name)}", number, len(paths)):
            yield path


def _print_reports(reports: list[Report], arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json([report.as_dict() for report in reports])
        return
    for report in reports:
        print_report(report, checked=arguments.command == "check")


def _list(arguments: argparse.Namespace, folder: Path) -> int:
    entries = log.read_log(folder)
    if arguments.json:
        print_json([vars(entry) for entry in entries])
    elif entries:
        print_log(entries)
    else:
        print(f"Noch keine Vorgänge in {folder}.")
    return DONE


def _export(arguments: argparse.Namespace, folder: Path) -> int:
    snapshot = current_snapshot(folder)
    if snapshot is None:
        print(
            f"In {folder} ist noch nichts geladen. »python -m etl seed« lädt die Planungsdokumente.",
            file=sys.stderr,
        )
        return REJECTED
    asked = readable(arguments.as_of)
    as_of = act_of(ask(snapshot, "loads"), asked) if asked else None
    if asked and as_of is None:
        print(problem("no_state", found=asked).message, file=sys.stderr)
        return REJECTED
    frame = export(snapshot, load_catalog(), as_of=as_of)
    if arguments.json and arguments.out is None:
        print_json(frame.to_dicts())
        return DONE
    if not _write(frame, arguments.out):
        return REJECTED
    if arguments.json:
        print_json({"file": str(arguments.out), "rows": frame.height})
    elif arguments.out is not None:
        print(f"{frame.height} Werte nach {arguments.out} geschrieben.")
    return DONE


def _write(frame: pl.DataFrame, out: Path | None) -> bool:
    if out is None:
        sys.stdout.buffer.write(langformat_csv(frame))
        return True
    try:
        out.write_bytes(langformat_xlsx(frame) if out.suffix.lower() == ".xlsx" else langformat_csv(frame))
    except OSError as error:
        print(f"{out} lässt sich nicht schreiben: {german_reason(error)}.", file=sys.stderr)
        return False
    return True


def _template(arguments: argparse.Namespace, folder: Path) -> int:
    if not _write(template(arguments.format), arguments.out):
        return REJECTED
    if arguments.out is not None:
        print(f"Vorlage nach {arguments.out} geschrieben.")
    return DONE


def _doctor(arguments: argparse.Namespace, folder: Path) -> int:
    with progress_line():
        findings = list(examine(folder))
    if arguments.json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{'in Ordnung' if finding.sound else 'FEHLER'} – {finding.text}")
    return DONE if all(finding.sound for finding in findings) else REJECTED


def _rebuild(arguments: argparse.Namespace, folder: Path) -> int:
    with progress_line():
        loads = rebuild(folder)
    print_json({"loads": loads}) if arguments.json else print(f"Bestand aus {loads} Lieferungen neu gebaut.")
    return DONE


def _retract(arguments: argparse.Namespace, folder: Path) -> int:
    with progress_line():
        found = retract(folder, readable(arguments.extract), reason=readable(arguments.reason))
    print(found.message if found else "Die Lieferung ist zurückgenommen; die Werte davor gelten wieder.")
    return REJECTED if found else DONE


def _formats(arguments: argparse.Namespace, folder: Path) -> int:
    return manage_formats(folder, arguments.action, readable(arguments.about), json=arguments.json)


def _seed(arguments: argparse.Namespace, folder: Path) -> int:
    print("Bestand wird geprüft …" if current_snapshot(folder) else "Bestand wird angelegt …", flush=True)
    with progress_line() as line:

        def say(text: str) -> None:
            line.clear()
            print(f"  {text}", flush=True)

        done = seed(folder, say=say)
    loaded = "Eine Datei geladen." if done == 1 else f"{done} Dateien geladen."
    print(loaded if done else "Der Bestand ist vollständig.")
    return DONE


def _demo(arguments: argparse.Namespace, folder: Path) -> int:
    if is_synthetic(folder) and current_snapshot(folder):
        print("Bestand wird geprüft …", flush=True)
        with progress_line():
            seed(folder)
        print("Der synthetische Bestand ist vollständig.")
        return DONE
    print("Synthetischer Bestand wird angelegt …", flush=True)
    try:
        with progress_line():
            values = build(folder, arguments.size)
    except NotEmptyError as error:
        print(error, file=sys.stderr)
        return REJECTED
    print(f"{format_plain(values)} erfundene Werte angelegt; keiner beschreibt ein wirkliches Jobcenter.")
    return DONE


_COMMANDS = {
    "check": _check,
    "load": _load,
    "list": _list,
    "export": _export,
    "doctor": _doctor,
    "rebuild": _rebuild,
    "retract": _retract,
    "template": _template,
    "formats": _formats,
    "seed": _seed,
    "demo": _demo,
}


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; return 0 (done), 1 (rejected, or nothing could be written) or 130 (interrupted). Wrong usage
    gives 2."""
    prepare()
    words = sys.argv[1:] if words is None else list(words)
    if not words:
        parser().print_help(sys.stderr)
        return WRONG_USAGE
    arguments = parser().parse_args(words)
    try:
        folder = DEMO_FOLDER if arguments.command == "demo" and not _is_named() else warehouse_folder()
    except (OSError, RuntimeError):  # "~name" of a user who is not there
        named = printable(os.environ.get("JOBCENTER_WAREHOUSE", ""), 200)
        print(f"Den Ordner »{named}« (JOBCENTER_WAREHOUSE) gibt es nicht.", file=sys.stderr)
        return REJECTED
    before = _log_size(folder)
    try:
        code = _COMMANDS[arguments.command](arguments, folder)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        let_go()
    except KeyboardInterrupt:
        kept = "nichts geändert" if _log_size(folder) == before else "was schon geladen war, bleibt geladen"
        print(f"Abgebrochen, {kept}.", file=sys.stderr)
        return INTERRUPTED
    except FAILURES as error:
        print(german_failure(error, folder), file=sys.stderr)
    return REJECTED


def _is_named() -> bool:
    return bool(os.environ.get("JOBCENTER_WAREHOUSE"))


def _log_size(folder: Path) -> int:
    try:
        return log.log_path(folder).stat().st_size
    except OSError:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
