"""From a chart to slides: pin, order, check, take out."""

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from etl.load import load_extract, retract
from pages.components.mappe_export import FORMATS
from pages.reports.template import template
from tests.conftest import open_app
from tests.etl.deliveries import delivery
from tests.reports.decks import bars, deck
from warehouse.mappen import (
    WITHDRAWN,
    Mappe,
    MappeError,
    OwnText,
    Pin,
    Told,
    add_mappe,
    change_mappe,
    in_force,
    parsed,
    read_mappen,
    releases,
    written,
)
from warehouse.slide_template import kept_template


@pytest.fixture
def own(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a warehouse that may be written to."""
    folder = Path(shutil.copytree(warehouse, tmp_path / "warehouse"))
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    return folder


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run(timeout=120)
    assert not page.exception, page.exception[0].value
    return page


def confirmation(page: AppTest) -> list[str]:
    return [str(box.key) for box in page.checkbox if str(box.key).startswith("bestaetigt-")]


def confirmed(page: AppTest) -> None:
    """Confirm the findings where there are some to confirm."""
    for key in confirmation(page):
        page.text_input(key="wer").set_value("M. Muster")
        page.checkbox(key=key).check()
        page.text_input(key=key.replace("bestaetigt-", "bestaetigt-grund-")).set_value("Gesehen").run()


def pin(page: str, key: str, **choices: str) -> None:
    pressed(open_app(page, **choices), f"{key}-mappe")


def only(folder: Path) -> Mappe:
    (mappe,), broken = read_mappen(folder)
    assert not broken
    return mappe


def two_pages() -> None:
    import polars as pl
    import streamlit as st

    from pages.components.pinning import Shown, _pin, pin_button, turn_to

    page = st.query_params["seite"]
    turn_to(page)
    for key in st.query_params.get_all("ansicht"):
        pin_button(Shown(f"{page}-{key}", key, pl.DataFrame(), {}))
    if "klick" in st.query_params:
        _pin(st.query_params["klick"])


def test_a_session_keeps_the_views_of_the_page_it_looks_at_and_of_no_other(own: Path) -> None:
    test = AppTest.from_function(two_pages)
    for page, views, kept in (
        ("a", ["eins", "zwei"], {"a-eins", "a-zwei"}),
        ("a", ["eins"], {"a-eins", "a-zwei"}),  # it may be drawn again, and be clicked meanwhile
        ("b", ["eins"], {"b-eins"}),
    ):
        test.query_params["seite"], test.query_params["ansicht"] = page, views
        test.run()
        assert not test.exception
        assert set(test.session_state["_pinnable"]) == kept

    test.query_params["klick"] = "a-eins"
    test.run()
    assert [each.value for each in test.toast] == [
        "Die Ansicht ist nicht angeheftet: Die Seite wurde gerade gewechselt."
    ]
    assert not read_mappen(own)[0]


def test_pinned_views_are_ordered_checked_and_taken_out(own: Path) -> None:
    pin("zeitreihen", "jdw-1", kennzahl="Alleinerziehende")
    pin("qualitaet", "qualitaet-qualitaet-0")
    first, second = only(own).pins
    assert first.page == "zeitreihen"
    assert first.parameters["kennzahl"] == ("Alleinerziehende",)
    assert first.parameters["ansicht"] == ("Verlauf",)  # spelled out though not chosen
    assert first.told.title.startswith("Alleinerziehende: Lk Harburg von 1.039 (Jul 2020) auf 989 (Jul 2021)")

    page = open_app("beirat")
    pressed(page, f"Tiefer-{first.id}")
    assert [each.id for each in only(own).pins] == [second.id, first.id]
    pressed(page, "pruefen")
    confirmed(page)
    for name in ("PowerPoint", "Excel"):
        pressed(page, f"erstellen-{name}")
    made = page.session_state["_mappe-ausgabe"][1]
    titles = [
        slide.shapes.title.text
        for slide in Presentation(io.BytesIO(made["PowerPoint"])).slides
        if slide.shapes.title
    ]
    assert any(first.told.title == title for title in titles)
    book = CalamineWorkbook.from_filelike(io.BytesIO(made["Excel"]))
    assert 1039 in [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]


def test_the_same_view_is_pinned_once(own: Path) -> None:
    pin("zeitreihen", "jdw-1", kennzahl="Alleinerziehende")
    pin("zeitreihen", "jdw-1", kennzahl="Alleinerziehende")
    assert len(only(own).pins) == 1


def test_internal_figures_leave_only_with_a_logged_reason(own: Path) -> None:
    pin("ueberblick", "ueberblick")
    page = pressed(open_app("beirat"), "pruefen")
    assert "Keine Ansicht kann ausgegeben werden." in [entry.value for entry in page.warning]
    pressed(page, "freigeben")
    assert releases(own, only(own).id) == []
    page.text_input(key="wer").set_value("M. Muster")
    page.text_input(key="freigabe-grund").set_value("Beschluss der Trägerversammlung").run()
    pressed(page, "freigeben")
    assert {each["rule"] for each in releases(own, only(own).id)} >= {"intern"}
    assert {each["who"] for each in releases(own, only(own).id)} == {"M. Muster"}
    assert "Keine Ansicht kann ausgegeben werden." not in [entry.value for entry in page.warning]

    pressed(page, "widerrufen")  # without a reason nothing happens
    assert len(in_force(releases(own, only(own).id))) == 1
    page.text_input(key="widerruf-grund").set_value("Beschluss aufgehoben").run()
    pressed(page, "widerrufen")
    assert "Keine Ansicht kann ausgegeben werden." in [entry.value for entry in page.warning]
    last = releases(own, only(own).id)[-1]
    assert (last["act"], last["who"], last["reason"]) == (
        "zurueckgezogen",
        "M. Muster",
        "Beschluss aufgehoben",
    )

    pressed(page, "herausnehmen")
    assert "Keine Ansicht kann ausgegeben werden." not in [entry.value for entry in page.warning]
    assert {label.split(" · ")[0] for label in only(own).withheld} == {"ME-aktiv"}
    assert releases(own, only(own).id)[-1]["act"] == "herausgenommen"
    pressed(page, "wieder-zeigen")
    assert only(own).withheld == ()


def test_a_release_is_for_the_figures_it_was_given_for() -> None:
    release = {"pin": "1", "rule": "klein", "figures": "a", "what": "Eins."}
    other = {**release, "figures": "b", "what": "Zwei."}
    back = {**release, "act": WITHDRAWN}
    assert in_force([release, other, back]) == [other]
    assert in_force([release, {**release, "what": "Drei."}]) == [{**release, "what": "Eins. Drei."}]
    assert in_force([release, back, release]) == [release]
    assert in_force([{"pin": "", "rule": "folien-tuev", "figures": "c", "what": ""}]) == []


def test_what_cannot_be_shown_is_named_and_the_rest_works(own: Path) -> None:
    told = Told("Verlauf", rows=({"Angabe": "1"},))
    good = Pin("1", "zeitreihen", "jdw-1", 99, {"kennzahl": ("Alleinerziehende",)}, told)
    pins = (
        good,
        replace(good, id="2", parameters={"kennzahl": ("Gibt es nicht",)}),
        replace(good, id="3", page="weg"),
    )
    add_mappe(own, Mappe("", "Gemischt", pins))
    (own / "mappen" / "0123456789abcdef.json").write_text("{", encoding="utf-8")
    page = pressed(open_app("beirat"), "pruefen")
    errors = " ".join(entry.value for entry in page.error)
    assert "0123456789abcdef.json" in errors
    assert "»Gibt es nicht« steht auf der Seite nicht zur Wahl" in errors
    assert "Die Seite »weg« gibt es nicht mehr" in errors
    confirmed(page)
    assert "erstellen-PowerPoint" in [each.key for each in page.button]


def test_a_ready_made_mappe_is_made_on_a_click(own: Path) -> None:
    pressed(open_app("beirat"), "mappe-fertig-Die fünf im Vergleich")
    mappe = only(own)
    assert [each.page for each in mappe.pins][:2] == ["ueberblick", "vergleich"]
    assert all(each.told.rows for each in mappe.pins)


def test_a_file_that_is_no_mappe_is_told_what_is_wrong() -> None:
    mappe = Mappe(
        "",
        "Beirat",
        (
            Pin(
                "1",
                "ziele",
                "soll-ist",
                3,
                {"jobcenter": ("Magdeburg",)},
                Told("T"),
                {"satz": OwnText("S", "f")},
            ),
        ),
        withheld=("Magdeburg · ELB",),
    )
    assert parsed(written(mappe)) == mappe
    for change in (
        {"version": 2},
        {"pins": [{"page": "../x", "key": "", "act": 1, "id": "1"}]},
        {"pins": 3},
        {"day": "x"},
    ):
        with pytest.raises(MappeError):
            parsed(json.dumps({**json.loads(written(mappe)), **change}).encode())


def test_the_template_of_the_office_is_checked_kept_used_and_removed(own: Path) -> None:
    pinned = Pin("1", "zeitreihen", "jdw-1", 99, {"kennzahl": ("Alleinerziehende",)})
    add_mappe(own, Mappe("", "Beirat", (pinned,)))
    page = open_app("beirat")
    page.file_uploader(key="vorlage-datei").set_value(("x.pptx", b"%PDF-1.7", "application/pdf")).run()
    pressed(page, "vorlage-nehmen")
    assert "keine lesbare PowerPoint-Datei" in " ".join(entry.value for entry in page.error)
    assert kept_template(own) is None

    design = Presentation(io.BytesIO(template()))
    design.slide_layouts[2].placeholders[0].left = 1_234_567
    memory = io.BytesIO()
    design.save(memory)
    page.file_uploader(key="vorlage-datei").set_value(("eigen.pptx", memory.getvalue(), "x")).run()
    pressed(page, "vorlage-nehmen")
    assert kept_template(own) == memory.getvalue()
    made = FORMATS["PowerPoint"][0](deck(bars()), lambda *_: None)
    assert Presentation(io.BytesIO(made)).slides[2].shapes.title.left == 1_234_567
    pressed(page, "vorlage-weg")
    assert kept_template(own) is None


HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")


def revision(folder: Path) -> str:
    """Load another value of Halle for December 2019; return the id of the extract."""
    row = "halle;ELB;2019-12;20.995;2020-06-30;Statistik der BA"
    extract = delivery(row, header=HEADER, name="neu.csv")
    assert load_extract(folder, extract, who="M. Muster", accept_warnings="Revision").outcome == "loaded"
    return str(extract.id)


def pinned_bars(folder: Path) -> Pin:
    pin("vergleich", "vergleich-erwerbsfaehige-0")
    (pinned,) = only(folder).pins
    return pinned


def test_a_refresh_says_which_values_have_changed_and_flags_texts_written_for_others(own: Path) -> None:
    before = pinned_bars(own)
    page = open_app("beirat")
    pressed(page, f"bearbeiten-{before.id}")
    page.text_area(key=f"satz-{before.id}-{before.told.figures}").set_value(
        "Halle hat 20.968 Leistungsberechtigte."
    )
    pressed(page, f"speichern-{before.id}")
    revision(own)
    page = pressed(open_app("beirat"), "aktualisieren")
    mappe = only(own)
    (after,) = mappe.pins
    assert after.act == before.act + 1
    assert (
        "Ansicht 1: Halle (Saale), Erwerbsfähige Leistungsberechtigte, Dez 2019: 20.968 → 20.995"
        in mappe.changes
    )
    assert after.stale == ("satz",)
    assert any("Zu anderen Zahlen geschrieben: Ein Satz" in entry.value for entry in page.warning)


def test_a_view_of_figures_that_were_taken_back_has_to_be_confirmed(own: Path) -> None:
    extract = revision(own)
    pinned_bars(own)
    assert retract(own, extract, who="A. Beispiel", reason="Zahlendreher") is None
    page = pressed(open_app("beirat"), "pruefen")
    told = " ".join(block.proto.body for block in page.get("html"))
    assert "Seit diesem Stand wurde zurückgenommen: neu.csv" in told
    assert "20.995 → 20.968" in told
    assert confirmation(page)
    assert not any(str(each.key).startswith("erstellen") for each in page.button)
    confirmed(page)
    assert "erstellen-PowerPoint" in [each.key for each in page.button]
    (entry,) = releases(own, only(own).id)
    assert (entry["who"], entry["reason"]) == ("M. Muster", "Gesehen")
    assert "neu.csv" in entry["what"]


def test_sixty_views_are_listed_and_checked(own: Path) -> None:
    before = pinned_bars(own)
    change_mappe(
        own, only(own).id, lambda now: replace(now, pins=tuple(replace(before, id=f"{n}") for n in range(60)))
    )
    page = pressed(open_app("beirat"), "pruefen")
    assert len([each for each in page.button if str(each.key).startswith("Höher-")]) == 60
    assert not page.error
