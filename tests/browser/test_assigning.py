"""Controlling at work: a file nobody knows is assigned by keyboard, accepted, seen; the next month needs no hand."""

from contextlib import suppress

from playwright.sync_api import expect

from tests.browser.test_every_page import NewVisit, english_leftovers
from tests.browser.visit import MILLISECONDS, Visit
from tests.etl.assigned_files import monthly

OCTOBER = monthly("Oktober 2013", ("Halle (Saale);21.313;10.413;7.013;",), stand="12.11.2013")
NOVEMBER = monthly(
    "November 2013", ("Halle (Saale);20.913;10.313;6.913;",), more="11.013", stand="10.12.2013"
)


def means(window: Visit, typed: str, result: str) -> None:
    """Say by keyboard what a column is, until the result follows; a rerun of the page may close the list that has just opened."""
    for _ in range(5):
        window.page.get_by_role("combobox", name="C · ELB | Frauen").focus()
        window.page.keyboard.type(typed)
        window.page.keyboard.press("Enter")
        with suppress(AssertionError):
            expect(window.page.get_by_text(result).first).to_be_visible(timeout=10_000)
            return
        window.wait_until_drawn()
    expect(window.page.get_by_text(result).first).to_be_visible()


def test_an_unknown_file_is_assigned_and_the_next_one_is_known(visit: NewVisit) -> None:
    window = visit()
    page = window.open("laden")
    page.get_by_label("Wer lädt").fill("Ada")
    page.get_by_label("Wer lädt").press("Enter")
    window.wait_until_drawn()
    window.upload({"oktober.csv": OCTOBER.content})
    page.get_by_role("button", name="Zuordnen …").click(timeout=MILLISECONDS)
    expect(
        page.get_by_text("3 Werte verstanden · Halle (Saale) · 1 Kennzahl · Okt 2013.").first
    ).to_be_visible(timeout=MILLISECONDS)
    window.wait_until_drawn()
    assert "21.313" in page.get_by_role("region", name="Blatt wie geliefert").inner_text()

    means(window, "nicht", "2 Werte verstanden · Halle (Saale)")
    means(window, "Wert", "3 Werte verstanden · Halle (Saale)")
    window.wait_until_drawn()
    window.take_screenshot("laden-zuordnen-desktop")
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []

    page.get_by_label("Name des Formats").fill("Monatsbericht Süd")
    page.get_by_role("button", name="Format speichern und Datei prüfen").click()
    expect(page.get_by_text("Das Format »Monatsbericht Süd« ist gespeichert").first).to_be_visible(
        timeout=MILLISECONDS
    )
    expect(page.get_by_text("Erkannt als Monatsbericht Süd · 1 Jobcenter · Okt 2013.").first).to_be_visible(
        timeout=MILLISECONDS
    )
    page.get_by_role("button", name="Annehmen", exact=True).click()
    expect(page.get_by_text("1 geladen. Alle Seiten zeigen ab jetzt den neuen Stand.").first).to_be_visible(
        timeout=MILLISECONDS
    )
    shown = window.open("nachweis?jobcenter=Halle+%28Saale%29&reihe=elb").get_by_role("main")
    expect(shown.get_by_text("21.313").first).to_be_visible(timeout=MILLISECONDS)
    expect(shown.get_by_text("Monatsbericht Süd").first).to_be_visible(timeout=MILLISECONDS)

    page = window.open("laden")
    page.get_by_label("Wer lädt").fill("Ada")
    page.get_by_label("Wer lädt").press("Enter")
    window.upload({"egal.csv": NOVEMBER.content})
    expect(page.get_by_text("Erkannt als Monatsbericht Süd · 1 Jobcenter · Nov 2013.").first).to_be_visible(
        timeout=MILLISECONDS
    )
    window.wait_until_drawn()
    choice = page.get_by_role("combobox", name="Format herunterladen, bearbeiten oder entfernen")
    choice.scroll_into_view_if_needed()
    choice.click()
    page.get_by_role("option").filter(has_text="Monatsbericht Süd").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="TOML herunterladen").click()
    assert "Zugeordnet von Ada am " in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Bearbeiten …").click()
    expect(page.get_by_role("heading", name="Format »Monatsbericht Süd« bearbeiten")).to_be_visible()
    nothing = "Nichts: 1 gelesene Datei gibt dieselben Werte wie bisher."
    expect(page.get_by_text(nothing)).to_be_visible()
    window.wait_until_drawn()
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    page.get_by_role("button", name="Bearbeiten abbrechen").click()
    expect(page.get_by_text(nothing)).to_have_count(0)
    window.wait_until_drawn()
    page.get_by_role("button", name="Entfernen …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Was damit geladen wurde, gilt weiter").first).to_be_visible(
        timeout=MILLISECONDS
    )
    dialog.get_by_role("button", name="Entfernen", exact=True).click()
    expect(page.get_by_text("Das Format »Monatsbericht Süd« ist entfernt.").first).to_be_visible(
        timeout=MILLISECONDS
    )
    expect(page.get_by_role("button", name="Zuordnen …").first).to_be_visible(timeout=MILLISECONDS)


def test_the_assistant_fits_a_phone(visit: NewVisit) -> None:
    window = visit("phone")
    page = window.open("laden")
    window.upload({"oktober.csv": OCTOBER.content})
    page.get_by_role("button", name="Zuordnen …").click(timeout=MILLISECONDS)
    expect(page.get_by_text("3 Werte verstanden").first).to_be_visible(timeout=MILLISECONDS)
    window.wait_until_drawn()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    window.take_screenshot("laden-zuordnen-phone")
