"""Controlling at work: two files are dropped, one is good; it is accepted, seen, taken back."""

from playwright.sync_api import expect

from tests.browser.test_every_page import NewVisit, english_leftovers
from tests.browser.visit import Visit
from tests.etl.deliveries import delivery

GOOD = delivery("Halle (Saale);ELB;2012-06;21.111", "Halle (Saale);ELB;2012-07;21.222", name="gut.csv")
BAD = delivery("Entenhausen;ELB;2012-06;1", "Halle (Saale);ELB;2012-06;viele", name="schlecht.csv")


def loaded_value_is_shown(window: Visit) -> bool:
    """Tell whether the evidence of the series shows the value of the good file, and not struck through."""
    page = window.open("nachweis?jobcenter=Halle+%28Saale%29&reihe=elb")
    struck = page.locator("del").get_by_text("21.111").count()
    return page.get_by_role("main").get_by_text("21.111").count() > struck


def test_two_files_are_checked_one_is_loaded_seen_and_taken_back(visit: NewVisit) -> None:
    window = visit()
    assert not loaded_value_is_shown(window)
    page = window.open("laden")
    page.get_by_label("Wer lädt").fill("Ada")
    page.get_by_label("Wer lädt").press("Enter")
    window.upload({each.file_name: each.content for each in (GOOD, BAD)})
    expect(page.get_by_text("2 Dateien geprüft: 1 kann geladen werden, 1 hat Fehler.").first).to_be_visible()
    expect(page.get_by_text("Das Jobcenter »Entenhausen« ist nicht bekannt.").first).to_be_visible()
    window.wait_until_drawn()
    window.take_screenshot("laden-geprueft-desktop")
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []

    page.get_by_role("button", name="Annehmen", exact=True).click()
    expect(page.get_by_text("1 geladen. Alle Seiten zeigen ab jetzt den neuen Stand.").first).to_be_visible()
    assert loaded_value_is_shown(window)

    page = window.open("laden")
    page.get_by_label("Wer lädt").fill("Ada")
    page.get_by_label("Wer lädt").press("Enter")
    choice = page.get_by_role("combobox", name="Original herunterladen oder Lieferung zurücknehmen")
    choice.click()
    page.get_by_role("option").filter(has_text="gut.csv").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Original herunterladen").click()
    assert download.value.path().read_bytes() == GOOD.content
    page.get_by_role("button", name="Zurücknehmen …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("2 geltende Werte stammen aus dieser Lieferung").first).to_be_visible()
    window.wait_until_drawn()
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    page.keyboard.press("Tab")
    expect(page.locator('[role="dialog"] :focus')).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Zurücknehmen …").focus()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Zurücknehmen", exact=True).click()
    expect(dialog.get_by_text("Bitte nennen Sie einen Grund.").first).to_be_visible()
    dialog.get_by_label("Grund").fill("Irrtum")
    dialog.get_by_role("button", name="Zurücknehmen", exact=True).click()
    expect(
        page.get_by_text("»gut.csv« ist zurückgenommen; die Werte davor gelten wieder.").first
    ).to_be_visible()
    assert not loaded_value_is_shown(window)
    assert (
        window.open("nachweis?jobcenter=Halle+%28Saale%29&reihe=elb")
        .locator("del")
        .get_by_text("21.111")
        .count()
        == 1
    )
