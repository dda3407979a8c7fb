"""An analyst comments a target and corrects a measure: German, accessible, shown as text, kept with name and reason."""

from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.test_every_page import NewVisit, english_leftovers

TEXT = "Zwei Maßnahmen begannen später. <img src=x onerror=alert(1)> **nicht fett**"


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of the form; a rerun of the page may close the list just when it has opened."""
    box = page.get_by_role("combobox", name=label, exact=True).last  # the first one filters the list
    wanted = page.get_by_role("option", name=option).first
    for _ in range(10):
        box.click()
        with suppress(TimeoutError):
            wanted.click(timeout=2_000)
            break
    expect(box).to_have_value(option)


def test_a_comment_is_written_and_stands_as_text_beside_its_evidence(visit: NewVisit) -> None:
    window = visit()
    page = window.open("ziele?jobcenter=Nordsachsen&kennzahl=LZB+%C2%B7+Langzeitleistungsbeziehende")
    page.get_by_text("Kommentar schreiben").click()
    page.get_by_label("Kommentar", exact=True).fill(TEXT)
    page.get_by_label("Ihr Name").fill("Ada")
    page.get_by_label("Ihr Name").press("Enter")
    window.wait_until_drawn()
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    page.get_by_role("button", name="Kommentar speichern").click()

    expect(page.get_by_text("Der Kommentar zu Dez 2018 ist gespeichert").first).to_be_visible()
    window.wait_until_drawn()
    expect(page.get_by_role("cell").get_by_text(TEXT).first).to_be_visible()
    page = window.open("nachweis?jobcenter=Nordsachsen&reihe=lzb")
    expect(page.get_by_role("cell").get_by_text(TEXT).first).to_be_visible()


def test_a_measure_is_corrected_on_a_phone(visit: NewVisit) -> None:
    window = visit("phone")
    page = window.open("handlungsfelder?jobcenter=Nordsachsen")
    page.get_by_text("Einträge bearbeiten").click()
    page.get_by_label("Bezeichnung").fill("Budgetrunde")
    page.get_by_label("Bezeichnung").press("Enter")
    choose(page, "Thema", "Fachkräfte und Qualifizierung")
    choose(page, "Umsetzung", "geplant")
    window.wait_until_drawn()
    page.get_by_role("button", name="Änderung vormerken").click()
    expect(page.get_by_text("geschrieben ist noch nichts").first).to_be_visible()
    window.wait_until_drawn()
    page.get_by_label("Ihr Name").fill("Ada")
    page.get_by_label("Grund").fill("beschlossen")
    page.get_by_label("Grund").press("Enter")
    window.wait_until_drawn()
    window.take_screenshot("handlungsfelder-bearbeiten-phone")
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    page.get_by_role("button", name="Änderungen übernehmen").click()

    expect(page.get_by_text("1 Eintrag gespeichert").first).to_be_visible()
    window.wait_until_drawn()  # before that, what stood on the page a moment ago still stands beside the new table
    expect(page.get_by_role("rowheader").get_by_text("Budgetrunde").first).to_be_visible()
