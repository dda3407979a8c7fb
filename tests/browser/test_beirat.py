"""From a chart to the wall: pin two views, order them, check them, present them with the keyboard."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.test_every_page import english_leftovers
from tests.browser.visit import Visit, accessibility_problems


def test_from_a_chart_to_the_presentation(visit: Callable[..., Visit]) -> None:
    window = visit()
    for address in ("zeitreihen?kennzahl=Alleinerziehende", "vergleich"):
        page = window.open(address)
        page.get_by_role("button", name="Zur Mappe").first.click()
        expect(page.get_by_text("Ordnen und ausgeben: Seite Beirat").first).to_be_visible()
    page = window.open("beirat")
    second = page.locator('[class*="st-key-folie-"]').nth(1)
    expect(second).to_contain_text("Lk Harburg am niedrigsten")
    second.get_by_role("button", name="Höher").focus()
    page.keyboard.press("Enter")
    first = page.locator('[class*="st-key-folie-"]').first
    expect(first).to_contain_text("Lk Harburg am niedrigsten")
    first.get_by_role("button", name="Bearbeiten").click()
    expect(page.get_by_label("Titel der Folie").first).to_be_visible()
    page.get_by_role("button", name="Folien prüfen").click()
    expect(page.get_by_text("Folien-TÜV").first).to_be_visible()
    window.wait_until_drawn()
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    if page.get_by_label("Begründung").count():
        page.get_by_label("Ihr Name").fill("M. Muster")
        page.keyboard.press("Tab")
        page.get_by_text("Ich habe die mit ‼").click()
        page.get_by_label("Begründung").fill("Gesehen")
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Präsentation erstellen").click()
    link = page.get_by_role("link", name="Präsentation öffnen")
    expect(link).to_be_visible()

    with page.context.expect_page() as opened:
        link.click()
    wall = opened.value
    wall.set_viewport_size({"width": 1280, "height": 720})
    counter = wall.locator("#zaehler")
    expect(counter).to_have_text("1 / 3", timeout=15_000)
    assert accessibility_problems(wall) == []
    wall.keyboard.press("ArrowRight")
    expect(counter).to_have_text("2 / 3")
    expect(wall.get_by_role("heading", name="Lk Harburg am niedrigsten").first).to_be_visible()
    expect(wall.get_by_role("button", name="Präsentieren")).to_be_hidden()
    wall.keyboard.press("End")
    expect(wall.get_by_role("heading", name="Alleinerziehende").first).to_be_visible()
    wall.keyboard.press("ArrowLeft")
    expect(counter).to_have_text("2 / 3")
    wall.keyboard.press("Escape")
    expect(counter).to_be_hidden()
    expect(wall.get_by_role("heading", name="Alleinerziehende").first).to_be_visible()
