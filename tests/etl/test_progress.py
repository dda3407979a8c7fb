"""Long work tells its steps; the command line shows them on standard error, and nothing of it on standard output."""

import io
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.load import load_extract, rebuild
from etl.progress import Step, listening, one_of, tell
from etl.progress_line import ProgressLine
from tests.etl.deliveries import delivery

JUNE, JULY = (
    delivery(f"halle;ELB;2012-0{month};2{month}.000", name=f"monat-{month}.csv") for month in (6, 7)
)


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def steps_of(work: object) -> list[str]:
    """Return the words of all steps that some work tells."""
    told: list[Step] = []
    with listening(told.append):
        work()  # type: ignore[operator]
    shares = [each.share for each in told if each.within or each.of]
    assert shares == sorted(shares), "a bar never goes back"
    return [each.words for each in told]


def test_loading_a_file_tells_every_step(tmp_path: Path) -> None:
    assert steps_of(lambda: load_extract(tmp_path, JUNE)) == [
        "veröffentlichter Stand wird geprüft",
        "wird gelesen",
        "Werte werden verstanden",
        "Werte werden geprüft",
        "wird mit dem Bestand verglichen",
        "wird veröffentlicht",
        "geltende Werte werden bestimmt",
    ]


def test_rebuilding_counts_the_deliveries(tmp_path: Path) -> None:
    for file in (JUNE, JULY):
        load_extract(tmp_path, file)
    steps = steps_of(lambda: rebuild(tmp_path))
    assert [step for step in steps if "–" not in step] == [
        "Lieferung 1 von 2: monat-6.csv",
        "Lieferung 2 von 2: monat-7.csv",
        "geltende Werte werden bestimmt",
    ]
    assert "Lieferung 2 von 2: monat-7.csv – wird gelesen" in steps


def test_nobody_need_listen_and_a_larger_step_names_itself() -> None:
    tell("niemand hört")
    told: list[Step] = []
    with listening(told.append), one_of("Datei 2 von 4", 2, 4):
        tell("Lieferung 6 von 11", 6, 11)
    assert [(each.words, round(each.share, 3)) for each in told] == [
        ("Datei 2 von 4", 0.25),
        ("Datei 2 von 4 – Lieferung 6 von 11", 0.364),
    ]
    tell("niemand hört mehr")
    assert len(told) == 2


def test_without_a_terminal_each_step_is_one_plain_line() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    line.show()
    for text in ("eins", "eins", "zwei\n"):
        line.hear(Step(text))
        line.show()
    line.end()
    assert stream.getvalue() == "eins …\nzwei\\x0a …\n"


def test_on_a_terminal_one_line_renews_itself_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    stream = Terminal()
    line = ProgressLine(stream)
    line.hear(Step("kurz"))
    line.show()
    line.hear(Step("Datei 1 von 2: langer-name.csv – wird gelesen"))
    line.show()
    line.end()
    assert stream.getvalue() == "\rkurz …\x1b[K\rDatei 1 von…d gelesen …\x1b[K\r\x1b[K"


def test_a_closed_console_does_not_stop_the_work() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    stream.close()
    line.hear(Step("eins"))
    line.show()
    line.end()


def test_commands_show_it_on_standard_error_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path / "bestand"))
    monkeypatch.setattr(ProgressLine, "hear", lambda line, step: (setattr(line, "step", step), line.show()))
    for file in (JUNE, JULY):
        (tmp_path / file.file_name).write_bytes(file.content)
    for words, out, err in (
        (
            ["load", *(str(tmp_path / file.file_name) for file in (JUNE, JULY)), str(tmp_path / "fehlt.csv")],
            "monat-6.csv: geladen (1 neu)\nmonat-7.csv: geladen (1 neu)\nfehlt.csv: abgelehnt",
            "Datei 2 von 3: monat-7.csv – wird gelesen …\n",
        ),
        (["check", str(tmp_path / "monat-6.csv")], "monat-6.csv: unverändert", "Datei 1 von 1: monat-6.csv"),
        (["rebuild"], "Bestand aus 2 Lieferungen neu gebaut.\n", "Lieferung 2 von 2: monat-7.csv …\n"),
        (["doctor"], "in Ordnung", "Prüfsumme von Lieferung 1 von 2: monat-6.csv …\n"),
    ):
        main(words)
        shown = capsys.readouterr()
        assert shown.out.startswith(out)
        assert " …\n" not in shown.out
        assert err in shown.err
