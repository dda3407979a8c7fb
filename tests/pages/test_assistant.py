"""The assistant: an unknown file is assigned, the result is seen at once, the next file needs no hand."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from etl.assigned import ToldFile
from etl.extract import Extract
from etl.formats import Format
from etl.load import load_extract, rebuild, retract
from etl.log import read_log
from etl.saved import saved_formats, tell
from tests.etl.assigned_files import monthly, text_file
from tests.etl.deliveries import published
from tests.etl.statistics import sheet, statistic
from tests.pages.seen import seen
from tests.pages.test_laden import acts, click, errors, fine, folder, give, page

__all__ = ["folder", "page"]


def assign(page: AppTest, file: Extract) -> AppTest:
    """Drop a file and open the assistant for it."""
    give(page, file)
    return click(page, "zuordnen-1")


def say(page: AppTest, key: str, value: object, file: int = 1) -> AppTest:
    """Choose or write something in a control of the assistant."""
    controls = {
        each.key: each for each in (*page.selectbox, *page.text_input, *page.multiselect, *page.number_input)
    }
    return fine(controls[f"zu-{file}-{key}"].set_value(value).run())


def value_of(page: AppTest, key: str, file: int = 1) -> object:
    """Return what a control of the assistant says now."""
    controls = {
        each.key: each for each in (*page.selectbox, *page.text_input, *page.multiselect, *page.number_input)
    }
    return controls[f"zu-{file}-{key}"].value


def test_an_unknown_file_is_assigned_saved_accepted_and_the_next_is_known(
    page: AppTest, folder: Path
) -> None:
    assign(page, monthly("Oktober 2012", stand="12.11.2012"))
    assert [value_of(page, f"0-{name}") for name in ("kopf1", "kopf2", "daten1", "daten2")] == [4, 5, 7, 8]
    text = seen(page)
    assert "6 Werte verstanden · 2 Jobcenter und Vergleichsräume · 1 Kennzahl · Okt 2012." in text
    assert "Zeile 7, Spalte »ELB | Frauen« der Lieferung" in text
    assert "Bitte geben Sie dem Format einen Namen" in errors(click(page, "zu-1-speichern"))
    assert saved_formats(folder).formats == ()

    say(page, "0-4-5-spalte-2", "")
    assert "4 Werte verstanden" in seen(page)
    say(page, "0-4-5-spalte-2", "wert")
    say(page, "name", "Bericht *Süd*")
    click(page, "zu-1-speichern")
    (saved,) = saved_formats(folder).formats
    assert (saved.id, saved.name) == ("bericht-sued", "Bericht *Süd*")
    assert saved.assigned is not None
    assert (saved.assigned.made.by, saved.assigned.made.file) == ("Ada", "Oktober 2012.csv")
    assert "Erkannt als Bericht *Süd* · 2 Jobcenter · Okt 2012." in seen(page)
    assert acts(folder) == []
    click(page, "annehmen-1")
    assert [act for act, *_ in acts(folder)] == ["loaded"]
    assert read_log(folder)[-1].format_version == saved.version

    give(
        page,
        monthly("November 2012", ("Halle (Saale);20.900;10.300;6.900;",), more="11.000", stand="10.12.2012"),
    )
    assert "Erkannt als Bericht *Süd* · 1 Jobcenter · Nov 2012." in seen(page)
    assert "Bericht *Süd*" in seen(page)
    mine = published(folder).filter(extract=read_log(folder)[-1].extract)
    assert sorted(value for value in mine["value"] if value) == [4500.0, 7000.0, 9000.0, 10400.0, 21000.0]


def test_nothing_open_nothing_found_and_a_name_taken_are_said(page: AppTest, folder: Path) -> None:
    file = text_file("Träger;Plätze <b>;x_y", "Halle (Saale);12;ja", "Entenhausen;7;nein")
    assign(page, file)
    text = seen(page)
    assert "Keine Spalte mit Werten ist angegeben" in text
    assert "Plätze &lt;b&gt;" in text
    assert "Es fehlen noch Angaben" in errors(click(say(page, "name", "Plätze"), "zu-1-speichern"))
    say(page, "0-1-1-spalte-1", "wert")
    say(page, "0-1-1-spalte-1-kennzahl", "elb")
    assert "es fehlt der Zeitraum" in seen(page)
    say(page, "0-zeitraum-datei", "10/2019")
    assert "2 Werte verstanden" not in seen(page)
    assert "Das Jobcenter »Entenhausen« ist nicht bekannt." in seen(page)
    say(page, "0-wort-jobcenter-entenhausen", "-")
    assert "1 Wert verstanden · Halle (Saale) · 1 Kennzahl · Okt 2019." in seen(page)
    say(page, "0-1-1-spalte-2", "jobcenter")
    assert "»Jobcenter« ist mehrfach angegeben. Lassen Sie nur eine Spalte" in seen(page)
    say(page, "0-1-1-spalte-2", "")
    say(page, "name", "Langformat")
    assert "trägt schon ein Format" in errors(click(page, "zu-1-speichern"))
    say(page, "0-daten1", 1)
    assert "Die erste Datenzeile muss unter den Kopfzeilen liegen" in errors(page)
    click(page, "zu-1-abbrechen")
    assert saved_formats(folder).formats == ()
    assert acts(folder) == []


def test_a_period_that_stands_in_no_file_is_asked_for_each(page: AppTest, folder: Path) -> None:
    assign(page, text_file("Träger;eLb", "Halle (Saale);21.000"))
    say(page, "0-zeitraum-datei", "2012-06")
    say(page, "name", "Liste")
    click(page, "zu-1-speichern")
    click(page, "annehmen-1")
    give(page, text_file("Träger;eLb", "Halle (Saale);21.500"))
    assert "Nennen Sie ihn unter »Zeitraum dieser Datei«" in seen(page)
    page.text_input(key="datei-2-zeitraum").set_value("Juli")
    submit = next(each for each in page.button if each.label == "Angabe merken und Datei prüfen")
    assert "»Juli« ist kein Zeitraum" in errors(fine(submit.click().run()))
    page.text_input(key="datei-2-zeitraum").set_value("2012-07")
    submit = next(each for each in page.button if each.label == "Angabe merken und Datei prüfen")
    fine(submit.click().run())
    assert "Erkannt als Liste · 1 Jobcenter · Jul 2012." in seen(page)


def test_a_saved_format_is_listed_and_removed_after_a_question(page: AppTest, folder: Path) -> None:
    assign(page, text_file("Träger;Monat;eLb", "Halle (Saale);2012-06;21.000"))
    say(page, "name", "Liste")
    click(page, "zu-1-speichern")
    (folder / "formats" / "kaputt.toml").write_text("id = 1")
    fine(page.run())
    assert "Kennung liste" in seen(page)
    assert "kaputt.toml" in errors(page)
    page.selectbox(key="format").set_value("Liste (liste)").run()
    click(page, "format-entfernen")
    assert "Was damit geladen wurde, gilt weiter" in seen(page)
    assert page.button(key="format-ja").label == "Entfernen"  # what follows is driven in the browser
    assert len(saved_formats(folder).formats) == 1


def test_what_was_chosen_stays_while_another_page_is_seen(page: AppTest) -> None:
    assign(page, text_file("Träger;Monat;Anzahl", "Halle (Saale);2012-06;21.000"))
    say(page, "0-1-1-spalte-2", "wert")
    say(page, "0-1-1-spalte-2-kennzahl", "elb")
    page.switch_page("pages/quellen.py").run()
    page.switch_page("pages/laden.py").run()
    assert value_of(page, "0-1-1-spalte-2-kennzahl") == "elb"
    assert "21.000" in seen(fine(page))


def lines(format_: Format) -> list[str]:
    """Return the TOML of a format but for who made it when."""
    return [
        line for line in format_.source.decode().splitlines() if not line.startswith(("# Zugeordnet", "at ="))
    ]


def test_a_saved_format_is_opened_again_and_a_new_version_shows_what_it_changes(
    page: AppTest, folder: Path
) -> None:
    assign(page, monthly("Oktober 2012", stand="12.11.2012"))
    say(page, "name", "Bericht")
    click(page, "zu-1-speichern")
    click(page, "annehmen-1")
    (first,) = saved_formats(folder).formats
    page.selectbox(key="format").set_value("Bericht (bericht)").run()
    click(page, "format-bearbeiten")
    assert [value_of(page, f"0-{name}", -1) for name in ("kopf1", "kopf2", "daten1", "daten2")] == [
        4,
        5,
        7,
        8,
    ]
    assert "Nichts: 1 gelesene Datei gibt dieselben Werte wie bisher." in seen(page)
    click(page, "zu--1-speichern")
    (same,) = saved_formats(folder).formats
    assert lines(same) == lines(first), "what nobody changed is the same"

    click(page, "format-bearbeiten")
    say(page, "0-4-5-spalte-2", "", -2)
    text = seen(page)
    assert "Die Unterschiede" in text
    assert "10.400" in text
    assert text.count(">entfällt</") == 3, "the heading of the counts and both values"
    assert "Was geladen ist, bleibt, wie es gelesen wurde." in text
    click(page, "zu--2-speichern")
    assert any("Die neue Fassung des Formats »Bericht« ist" in each.value for each in page.success)
    (third,) = saved_formats(folder).formats
    assert third.id == "bericht"
    assert third.assigned is not None
    assert "elb | frauen" not in {each.name for each in third.assigned.values}
    assert read_log(folder)[-1].format_version == first.version, "what was loaded keeps its version"
    rebuild(folder)
    click(page, "format-bearbeiten")
    assert value_of(page, "0-4-5-spalte-2", -3) == ""
    assert page.button(key="zu--3-abbrechen").label == "Bearbeiten abbrechen"


def test_a_format_that_somebody_changed_meanwhile_is_not_overwritten(page: AppTest, folder: Path) -> None:
    assign(page, text_file("Träger;Monat;eLb", "Halle (Saale);2012-06;21.000"))
    say(page, "name", "Liste")
    click(page, "zu-1-speichern")
    page.selectbox(key="format").set_value("Liste (liste)").run()
    click(page, "format-bearbeiten")
    (saved,) = saved_formats(folder).formats
    tell(folder, saved.id, ToldFile("00ff", "andere.csv", "2019-10"))
    (others,) = saved_formats(folder).formats
    assert "hat inzwischen jemand geändert. Nichts wurde gespeichert" in errors(
        click(page, "zu--1-speichern")
    )
    assert saved_formats(folder).formats == (others,)


def test_rows_are_assigned_to_jobcenter_beyond_the_catalog_and_open_ones_are_named(
    page: AppTest, folder: Path
) -> None:
    areas = (
        ("JC Bad Doberan", "03204", 12, "*", ".", 40, 3000, "*", 1.2, 900, "-", "x"),
        ("JC Güstrow", "03210", 12, "*", ".", 40, 3000, "*", 1.2, 900, "-", "x"),
    )
    national = statistic(**{"3.1_ELB_insg": sheet(rows=areas)})
    assert load_extract(folder, national, who="Ada", accept_warnings="Test").outcome == "loaded"
    rows = (
        "JC Bad Doberan;2012-06;3.100",
        "Kreis G.;2012-06;4.200",
        "Entenhausen;2012-06;7",
        "Entenhausen;2012-07;8",
    )
    assign(page, text_file("Träger;Monat;eLb", *rows, "Halle (Saale);2012-06;21.000"))
    text = seen(page)
    assert "1 Bezeichnung ist genau so aus geladenen Lieferungen bekannt und zugeordnet." in text
    open_ = "Noch ohne Zuordnung: 3 Zeilen mit 2 Bezeichnungen: »Kreis G.« (Zeile 3), »Entenhausen« (Zeilen 4, 5)."
    assert open_ in warnings(page)
    say(page, "0-wort-jobcenter-kreis g.", "jc-03210")
    assert "Noch ohne Zuordnung: 2 Zeilen mit 1 Bezeichnung: »Entenhausen«" in warnings(page)
    say(page, "0-wort-jobcenter-entenhausen", "de")
    assert "Noch ohne Zuordnung" not in warnings(page)
    assert "JC Güstrow" in seen(page)
    say(page, "name", "Liste")
    click(page, "zu-1-speichern")
    page.text_input(key="grund-1").set_value("Deutschland ist hier ein Rest").run()
    click(page, "annehmen-1")

    def loaded() -> list[tuple[str, float]]:
        mine = published(folder).filter(source="Liste").select("jobcenter", "value")
        return sorted(mine.iter_rows())

    expected = [
        ("de", 7.0),
        ("de", 8.0),
        ("halle", 21000.0),
        ("jc-03204", 3100.0),
        ("jc-03210", 4200.0),
    ]
    assert loaded() == expected
    assert retract(folder, national.id, who="Ada") is None
    rebuild(folder)
    assert loaded() == expected
    names = dict(published(folder, "areas").select("id", "name").iter_rows())
    assert names["jc-03210"] == "JC Güstrow", "the format names it, also without the statistic"
    page.selectbox(key="format").set_value("Liste (liste)").run()
    click(page, "format-bearbeiten")
    assert value_of(page, "0-wort-jobcenter-kreis g.", -1) == "jc-03210"
    assert value_of(page, "0-wort-jobcenter-entenhausen", -1) == "de"
    assert "Nichts: 1 gelesene Datei gibt dieselben Werte" in seen(page)


def warnings(page: AppTest) -> str:
    """Return all warnings of a page, without the escapes of Markdown."""
    return re.sub(r"\\([^\w\s])", r"\1", " ".join(each.value for each in page.warning))
