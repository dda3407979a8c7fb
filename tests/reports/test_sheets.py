"""A drawing too tall for a page or a wall is cut between its fields: nothing is lost, shown twice or without its heading."""

from dataclasses import replace
from typing import Any

from pages.reports.plan import plans
from pages.reports.reading import read
from pages.reports.scene import Bars, Letters, Points, Scene, Text
from pages.reports.sheets import sheets
from pages.reports.strewn import _in_one_line
from pages.reports.view import of_chart


def counted(scene: Scene) -> tuple[int, int, int]:
    """Return how many bars, points and texts a drawing has."""
    series = [entry for panel in scene.panels for entry in panel.series]
    bars = sum(len(entry.bars) for entry in series if isinstance(entry, Bars))
    points = sum(len(entry.points) for entry in series if isinstance(entry, Points))
    return bars, points, len(scene.texts)


def test_parts_hold_everything_once_and_begin_with_a_heading(gallery: Any) -> None:
    cut = 0
    for chart in gallery.charts:
        scene = read(chart.figure, width=760)
        parts = sheets(scene, 330)
        several = [counted(part) for part in parts]
        assert tuple(map(sum, zip(*several, strict=True))) == counted(scene), chart.title
        cut += len(parts) > 1
        for part in parts[1:]:
            first = min(part.texts, key=lambda text: text.y)
            assert first.letters.weight >= 600, (chart.title, first.words)
        if len(scene.panels) > 1 and len(parts) > 1:
            assert all(part.panels for part in parts), chart.title
    assert cut >= 2


def test_a_drawing_is_read_once_for_all_reports(gallery: Any) -> None:
    view = of_chart(gallery.charts[0])
    assert view.scene(640) is view.scene(640)
    assert view.scene(640) is not replace(view).scene(640)


def test_stacked_columns_get_the_height_their_figures_need(gallery: Any) -> None:
    stacked = [
        chart for chart in gallery.charts
        if any(bar.base for panel in read(chart.figure, width=640).panels for entry in panel.series
               if isinstance(entry, Bars) and not entry.horizontal for bar in entry.bars)
    ]  # fmt: skip
    budget = next(chart for chart in stacked if chart.title.startswith("Gesamtbudget"))
    assert any(plan.low > 128 for plan in plans(read(budget.figure, width=640)))


def test_names_that_would_overlap_on_a_slide_stand_in_one_line() -> None:
    def text(words: str, y: float, x: float = 0.0) -> Text:
        return Text((words,), x, y, "left", "bottom", Letters(12))

    two = [text("K2", 0), text("21,9 %", 15)]
    assert [each.words for each in _in_one_line(two, 0.6, 800)] == ["K2 · 21,9 %"]
    assert [each.words for each in _in_one_line(two, 2.0, 800)] == ["K2", "21,9 %"]
    assert len(_in_one_line([text("K2", 0), text("rechts", 15, 400)], 0.6, 800)) == 2
    assert len(_in_one_line([text("K2 " * 60, 0), text("21,9 %", 15)], 0.6, 300)) == 2
