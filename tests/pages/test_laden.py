"""Daten laden: nothing is written before it is accepted, every bad situation has its German sentence."""

import errno
import re
import shutil
import threading
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl import log
from etl.extract import DamagedWarehouseError, Extract
from etl.limits import Limits
from etl.load import load_extract, loading
from pages.components import intake
from tests.conftest import APP
from tests.etl.deliveries import delivery, published
from tests.etl.statistics import sheet, statistic
from tests.pages.seen import seen

GOOD = delivery("halle;ELB;2012-06;21.000", "halle;ELB;2012-07;21.500", name="gut.csv")
BAD = delivery("Entenhausen;ELB;2019-06;1", "halle;ELB;2019-06;viele", name="schlecht.csv")
DOUBTFUL = delivery("harburg;K2;2019-07;0,3", name="fraglich.csv")
Page = Callable[..., AppTest]


@pytest.fixture
def folder(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a warehouse with the documents that a test may change."""
    own = tmp_path / "warehouse"
    shutil.copytree(warehouse, own)
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(own))
    return own


@pytest.fixture
def page(folder: Path) -> AppTest:
    """Return the page, opened by somebody who has given a name."""
    opened = AppTest.from_file(str(APP), default_timeout=300).run()
    opened.switch_page("pages/laden.py").run()
    del opened.session_state[
        "_snapshot"
    ]  # AppTest runs the page alone, without app.py that pins the newest one
    return fine(opened.text_input(key="wer").set_value("Ada").run())


def fine(page: AppTest) -> AppTest:
    """Return the page, which shows no exception."""
    assert not page.exception, page.exception[0].value
    return page


def give(page: AppTest, *files: Extract) -> AppTest:
    """Drop files on the page."""
    return fine(page.file_uploader[0].set_value([(f.file_name, f.content, "text/csv") for f in files]).run())


def click(page: AppTest, key: str) -> AppTest:
    """Press a button."""
    return fine(page.button(key=key).click().run())


def acts(folder: Path) -> list[tuple[str, str, str]]:
    """Return what was logged after the documents were brought in."""
    return [
        (each.act, each.file_name, each.who) for each in log.read_log(folder) if each.who != "Grundbestand"
    ]


def errors(page: AppTest) -> str:
    """Return all error messages of a page, without the escapes of Markdown."""
    return re.sub(r"\\([^\w\s])", r"\1", " ".join(each.value for each in page.error))


def test_files_are_checked_and_shown_and_nothing_is_written(page: AppTest, folder: Path) -> None:
    before = log.log_path(folder).read_bytes()
    give(page, GOOD, BAD)
    assert "2 Dateien geprüft: 1 kann geladen werden, 1 hat Fehler. Noch ist davon nichts" in seen(page)
    assert [box.label.replace("\\", "") for box in page.expander if "Datei" not in box.label][1:] == [
        "schlecht.csv – Fehler, kann nicht geladen werden: 2 übergangen",
        "gut.csv – kann geladen werden: 2 neu",
    ]
    text = seen(page)
    for part in (
        "Erkannt als Langformat · 1 Jobcenter",
        "Das Jobcenter »Entenhausen« ist nicht bekannt.",
        "»viele« ist keine eindeutige Zahl",
        "Zeile 3, Spalte »wert«",
        "21.500",
    ):
        assert part in text
    assert log.log_path(folder).read_bytes() == before


def test_accepting_loads_and_the_next_page_shows_it(page: AppTest, folder: Path) -> None:
    give(page, GOOD, BAD)
    click(page, "annehmen-1")
    assert acts(folder) == [("loaded", "gut.csv", "Ada")]
    assert "1 geladen. Alle Seiten zeigen ab jetzt den neuen Stand." in page.success[0].value
    assert "gut.csv" in seen(page)
    page.switch_page("pages/nachweis.py")
    page.query_params["jobcenter"] = "Halle (Saale)"
    page.query_params["reihe"] = "elb"
    assert "21.500" in seen(fine(page.run()))


def test_a_name_and_a_reason_are_asked_for(page: AppTest, folder: Path) -> None:
    page.text_input(key="wer").set_value(" ").run()
    give(page, DOUBTFUL)
    assert "bei 1 davon sind Hinweise zu bestätigen" in seen(page)
    assert "Bitte nennen Sie zuerst oben Ihren Namen" in errors(click(page, "annehmen-1"))
    page.text_input(key="wer").set_value("Ada").run()
    assert "Bitte begründen Sie" in errors(click(page, "annehmen-1"))
    assert acts(folder) == []
    page.text_input(key="grund-1").set_value("so veröffentlicht").run()
    click(page, "annehmen-1")
    assert acts(folder) == [("loaded", "fraglich.csv", "Ada")]
    assert log.read_log(folder)[-1].reason == "so veröffentlicht"


def test_all_are_accepted_at_once_and_bad_ones_stay(page: AppTest, folder: Path) -> None:
    give(page, GOOD, BAD, DOUBTFUL)
    assert "Bitte begründen Sie" in errors(click(page, "alle-annehmen"))
    page.text_input(key="grund-alle").set_value("geprüft").run()
    click(page, "alle-annehmen")
    assert acts(folder) == [("loaded", "gut.csv", "Ada"), ("loaded", "fraglich.csv", "Ada")]
    assert page.success[0].value.startswith("2 geladen.")
    assert "1 Datei geprüft: 1 hat Fehler." in seen(page)


def test_what_brings_nothing_new_is_settled_with_the_others(page: AppTest, folder: Path) -> None:
    load_extract(folder, GOOD, who="Grace")
    give(page, GOOD, delivery("halle;ELB;2012-08;21.400", name="neu.csv"))
    click(page, "alle-annehmen")
    assert acts(folder)[1:] == [("unchanged", "gut.csv", "Ada"), ("loaded", "neu.csv", "Ada")]
    assert page.success[0].value.startswith("1 unverändert, 1 geladen.")


def test_discarding_leaves_a_line_in_the_log_only(page: AppTest, folder: Path) -> None:
    stock = published(folder).height
    give(page, GOOD, BAD)
    click(page, "verwerfen-1")
    click(page, "verwerfen-2")
    assert acts(folder) == [("discarded", "gut.csv", "Ada"), ("rejected", "schlecht.csv", "Ada")]
    assert published(folder).height == stock
    assert "verworfen" in seen(page)


def test_the_same_file_again_brings_nothing_new(page: AppTest, folder: Path) -> None:
    load_extract(folder, GOOD, who="Grace")
    give(page, GOOD)
    assert "1 bringt nichts Neues" in seen(page)
    assert "von Grace als »gut.csv«" in seen(page)
    click(page, "annehmen-1")
    assert acts(folder)[-1] == ("unchanged", "gut.csv", "Ada")


def test_what_others_loaded_meanwhile_is_said(page: AppTest, folder: Path) -> None:
    give(page, GOOD)
    load_extract(folder, GOOD, who="Grace")
    assert "Seit der Prüfung wurde etwas geladen" in seen(fine(page.run()))
    click(page, "annehmen-1")
    assert "Anders als geprüft (2 neu), weil inzwischen etwas geladen wurde" in seen(page)


def test_warnings_that_came_up_since_are_not_accepted(page: AppTest, folder: Path) -> None:
    give(page, GOOD)
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "quelle")
    load_extract(
        folder, delivery("halle;ELB;2012-06;1;Andere", header=header), who="Grace", today=date.today()
    )
    click(page, "annehmen-1")
    assert [act for act, _, who in acts(folder) if who == "Ada"] == ["needs_confirmation"]
    assert "wurde neu geprüft" in errors(page)


def test_taking_a_load_back_says_what_disappears_and_asks_for_a_reason(page: AppTest, folder: Path) -> None:
    load_extract(folder, GOOD, who="Grace")
    fine(page.run())
    chosen = next(label for label in page.selectbox(key="lieferung").options if label.startswith("gut.csv"))
    page.selectbox(key="lieferung").select(chosen).run()
    click(page, "zuruecknehmen")
    assert "2 geltende Werte stammen aus dieser Lieferung (Halle (Saale)); alle entfallen." in seen(page)
    assert page.text_input(key="grund-zurueck").label == "Grund"  # what follows is driven in the browser


def test_jobcenter_beyond_the_catalog_are_named_before_and_after_loading(page: AppTest, folder: Path) -> None:
    """The page broke where a workbook of all Germany changed nothing else than their values."""
    file = statistic(
        **{
            "3.1_ELB_insg": sheet(
                rows=(
                    ("JC Bad Doberan", "03204", 12, "*", ".", 40, 3000, "*", 1.2, 900, "-", "x"),
                    ("JC Güstrow", "03210", 12, "*", ".", 40, 3000, "*", 1.2, 900, "-", "x"),
                    (
                        "JC Halle (Saale), Stadt",
                        "04402",
                        614,
                        389,
                        199,
                        1510,
                        22781,
                        813,
                        3.5,
                        7794,
                        465,
                        5.97,
                    ),
                ),
            )
        }
    )
    give(page, file)
    text = seen(page)
    assert "3 Jobcenter · Jan 2018" in text
    assert text.index("Halle (Saale)</") < text.index("JC Bad Doberan</"), "the own Jobcenter come first"
    assert "JC Güstrow" in text
    click(page, "annehmen-1")
    assert acts(folder) == [("loaded", "sanktionen.xlsx", "Ada")]
    chosen = next(label for label in page.selectbox(key="lieferung").options if label.startswith("sanktion"))
    page.selectbox(key="lieferung").select(chosen).run()
    click(page, "zuruecknehmen")
    assert "JC Bad Doberan" in seen(page)


def test_taking_a_planning_document_back_warns(page: AppTest) -> None:
    chosen = next(label for label in page.selectbox(key="lieferung").options if label.startswith("halle.csv"))
    page.selectbox(key="lieferung").select(chosen).run()
    click(page, "zuruecknehmen")
    assert "Das ist ein Planungsdokument des Grundbestands." in page.warning[0].value
    assert "geltende Werte stammen aus dieser Lieferung" in seen(page)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), "kein Speicherplatz mehr frei. Es wurde nichts geändert."),
        (OSError(errno.EROFS, "read-only"), "nicht beschreibbar: nur lesbar. Es wurde nichts geändert."),
        (DamagedWarehouseError("Das Protokoll fehlt."), "Das Protokoll fehlt."),
    ],
    ids=["full", "read-only", "damaged"],
)
def test_what_fails_is_said_in_german_and_the_file_waits_on(
    page: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    give(page, GOOD)
    with monkeypatch.context() as patch:
        patch.setattr("pages.components.intake.load_together", fail)
        click(page, "annehmen-1")
    assert expected in errors(page)
    assert acts(folder) == []
    click(page, "annehmen-1")
    assert acts(folder) == [("loaded", "gut.csv", "Ada")]


def test_somebody_else_who_is_loading_is_not_waited_for(page: AppTest, folder: Path) -> None:
    give(page, GOOD, delivery("halle;ELB;2012-08;1", name="zweite.csv"))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with loading(folder):
            held.set()
            done.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    try:
        held.wait(10)
        click(page, "alle-annehmen")
    finally:
        done.set()
        other.join()
    assert "2 Dateien: Ein anderer Ladevorgang läuft. Es wurde nichts geändert" in errors(page)
    assert acts(folder) == []


@pytest.mark.parametrize(
    ("extract", "expected"),
    [
        (Extract(b"", "leer.csv"), "Es gibt keine Zeilen mit Daten."),
        (Extract(b"%PDF-1.7\n1 0 obj", "bericht.csv"), "Nicht als Lieferung erkannt."),
        (Extract(b"x" * 100_000_001, "riesig.csv"), "Die Datei ist zu groß: 100 MB."),
    ],
    ids=["empty", "unrecognised", "too large"],
)
def test_a_file_that_is_none_says_so(page: AppTest, extract: Extract, expected: str) -> None:
    give(page, extract)
    assert expected in seen(page)


def test_one_file_that_breaks_the_reader_does_not_stop_the_others(
    page: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from etl.review import review

    def break_once(folder: Path, extract: Extract, *rest: object, **more: object) -> object:
        if extract.file_name == "schlecht.csv":
            raise RuntimeError("boom")
        return review(folder, extract, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("pages.components.intake.review", break_once)
    give(page, BAD, GOOD)
    assert "Unerwarteter Fehler; die Daten sind unverändert." in errors(page)
    assert "1 kann geladen werden" in seen(page)
    monkeypatch.undo()
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    click(page, "erneut-1")
    assert "Das Jobcenter »Entenhausen« ist nicht bekannt." in seen(page)


def test_a_damaged_log_is_named_and_the_page_stays(page: AppTest, folder: Path) -> None:
    lines = log.log_path(folder).read_bytes().split(b"\n")
    log.log_path(folder).write_bytes(b"\n".join([b"kaputt", *lines[1:]]))
    fine(page.run())
    assert "Zurzeit lässt sich nichts laden" in seen(page)
    assert "Zeile 1 des Protokolls" in errors(page)
    give(page, GOOD)
    assert errors(page).count("ist beschädigt. Stellen Sie die Datei aus einer Sicherung") == 2


def test_fifty_files_at_once(page: AppTest, folder: Path) -> None:
    files = [
        delivery(f"halle;ELB;{2008 + number // 12}-{1 + number % 12:02};1", name=f"{number}.csv")
        for number in range(50)
    ]
    before = snapshots(folder)
    give(page, *files)
    assert "50 Dateien geprüft: 50 können geladen werden" in seen(page)
    click(page, "alle-annehmen")
    assert page.success[0].value.startswith("50 geladen.")
    assert len(acts(folder)) == 50
    assert len(snapshots(folder) - before) == 1, "published once"


def snapshots(folder: Path) -> set[str]:
    return {path.name for path in (folder / "snapshots").iterdir()}


def test_whoever_leaves_while_files_are_loaded_has_loaded_none_and_comes_back_to_all(
    page: AppTest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, before = intake._told, snapshots(folder)

    def leave(what: str, done: int, *rest: Any) -> str:
        if (what, done) == (
            "wird geladen",
            1,
        ):  # as the connection that is lost, or the click on another page
            st.stop()
        return told(what, done, *rest)

    give(page, GOOD, delivery("halle;ELB;2012-08;21.400", name="zweite.csv"))
    with monkeypatch.context() as patch:
        patch.setattr(intake, "_told", leave)
        click(page, "alle-annehmen")
    assert (acts(folder), snapshots(folder)) == ([], before)
    fine(page.run())
    assert acts(folder) == [("loaded", "gut.csv", "Ada"), ("loaded", "zweite.csv", "Ada")]
    assert page.success[0].value.startswith("2 geladen.")


def test_two_files_that_contradict_each_other_wait_for_a_reason_as_one_after_the_other(
    page: AppTest, folder: Path
) -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "quelle")
    other = delivery(
        "halle;ELB;2012-06;1;Andere", "halle;ELB;2012-07;1;Andere", header=header, name="andere.csv"
    )
    give(page, GOOD, other)
    assert "2 Dateien geprüft: 2 können geladen werden." in seen(page)
    click(page, "alle-annehmen")
    assert acts(folder) == [("loaded", "gut.csv", "Ada"), ("needs_confirmation", "andere.csv", "Ada")]
    assert "wurde neu geprüft" in errors(page)
    assert "1 Datei geprüft: 1 kann geladen werden, bei 1 davon sind Hinweise zu bestätigen." in seen(page)


def test_waiting_files_and_the_name_survive_a_look_at_another_page(page: AppTest) -> None:
    give(page, GOOD)
    fine(page.switch_page("pages/vergleich.py").run())
    fine(page.switch_page("pages/laden.py").run())
    assert page.text_input(key="wer").value == "Ada"
    assert "1 Datei geprüft" in seen(page)


def test_a_file_that_is_taken_out_of_the_box_does_not_wait_any_more(page: AppTest, folder: Path) -> None:
    give(page, GOOD, BAD)
    give(page, DOUBTFUL)
    assert "1 Datei geprüft: 1 kann geladen werden, bei 1 davon sind Hinweise" in seen(page)
    assert acts(folder) == []


def test_the_box_names_the_one_limit_of_page_server_and_command_line(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"jede bis {Limits().megabytes} MB" in page.file_uploader[0].label
    assert page.file_uploader[0].proto.max_upload_size_mb == Limits().megabytes
    config = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == Limits().megabytes
    monkeypatch.setenv("JOBCENTER_MOST_MEGABYTES", "7")
    assert "jede bis 7 MB" in fine(page.run()).file_uploader[0].label


def test_templates_are_offered(page: AppTest) -> None:
    names = [button.label for button in page.get("download_button")]
    assert names[:2] == ["Vorlage CSV", "Vorlage XLSX"]
    others = next(box for box in page.selectbox if box.key == "vorlage-format")
    assert {"Zielvereinbarung", "Kommentare", "Handlungsfelder"} <= set(others.options)
    assert names[2:] == [f"{kind}: {others.options[0]}" for kind in ("CSV", "XLSX")]
