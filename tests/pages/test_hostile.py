"""Nothing from a file is interpreted: not as HTML, not as Markdown or LaTeX, not as Plotly's markup, on no page."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from etl.load import load_extract
from tests.conftest import APP
from tests.etl.deliveries import HEADER, delivery
from tests.etl.statistics import REGIONS, sheet, statistic
from tests.pages.test_laden import give

EVIL = "<img src=x onerror=alert(1)><b>fett</b> **stark** [hier](javascript:alert(1)) $a^2$ :red[rot] `code`"
INTERPRETED = re.compile(r"<img|<b>|\*\*stark|\]\(javascript|\$a\^2|:red\[|`code")
"""What must not be left once the escapes of Markdown are taken away."""
COLUMNS = (*HEADER, "quelle", "fundstelle", "zeile", "anmerkung", "datenstand")
BOXES = ("markdown", "caption", "error", "warning", "info", "success", "title", "header", "subheader")


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse in which every free text is hostile: source, place, line, note, file, person, reason, area."""
    own = Path(shutil.copytree(warehouse, tmp_path_factory.mktemp("evil") / "bestand"))
    texts = ";".join([f"Quelle {EVIL}", f"Stelle {EVIL}", f"Zeile {EVIL}", f"Notiz {EVIL}", "2030-01-01"])
    rows = [
        f"{area};{code};{month};{number};{texts}"
        for area in ("halle", "harburg", "mettmann", "Deutschland")
        for code, number in (
            ("ELB", 20_000),
            ("LZB", 15_000),
            ("K2", 25),
            ("BG", 14_000),
            ("Frauen ELB", 9_000),
        )
        for month in ("2019-11", "2019-12", "2020-12")
        if code != "Frauen ELB"
    ]
    named = [(f"JC {EVIL}", *row[1:]) if row and row[0] == "JC Hamburg" else row for row in REGIONS]
    for extract in (
        delivery(*rows, header=COLUMNS, name=f"{EVIL}.csv"),
        statistic(name=f"{EVIL}.xlsx", **{"3.1_ELB_insg": sheet(rows=named)}),
    ):
        report = load_extract(own, extract, who=f"Wer {EVIL}", accept_warnings=f"Grund {EVIL}")
        assert report.outcome == "loaded", [found.message for found in report.problems]
    return own


def interpreted(page: AppTest) -> Iterator[str]:
    """Yield every text of a page in which something of the hostile text would be interpreted."""
    for kind in BOXES:
        for entry in getattr(page, kind):
            if found := INTERPRETED.search(re.sub(r"\\.", "", entry.value)):
                yield f"{kind}: {found[0]} in {entry.value[:200]}"
    for block in page.get("html"):
        if found := re.search(r"<img src=x|<b>fett|href=\"javascript", block.proto.body):
            yield f"html: {found[0]}"
    for chart in page.get("plotly_chart"):
        for text in _strings(json.loads(chart.proto.spec)):
            if found := re.search(r"<img|<b>fett", text):
                yield f"plotly: {found[0]} in {text[:200]}"
    for box in page.expander:
        if found := INTERPRETED.search(re.sub(r"\\.", "", box.label)):
            yield f"expander: {found[0]} in {box.label[:200]}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def told(page: AppTest) -> str:
    return " ".join(
        [block.proto.body for block in page.get("html")]
        + [chart.proto.spec for chart in page.get("plotly_chart")]
    )


@pytest.mark.parametrize("name", PAGES)
def test_no_page_interprets_what_a_file_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, in_frame: None, name: str
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    if name != "ueberblick":
        page.switch_page(f"pages/{name}.py")
        if name == "nachweis":
            page.query_params.update({"jobcenter": "Halle (Saale)", "reihe": "elb"})
        if name == "zeitreihen":
            page.query_params.update({"kennzahl": "ELB · Erwerbsfähige Leistungsberechtigte"})
        page.run()
    assert not page.exception, page.exception[0].value
    assert list(interpreted(page)) == []
    if name in ("nachweis", "ueberblick", "vergleich", "zeitreihen", "laden"):
        assert "img src=x" in told(page) + json.dumps([entry.value for entry in page.caption]), (
            "it is shown, as text"
        )


def test_the_check_of_a_hostile_file_shows_it_as_text(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_frame: None
) -> None:
    own = shutil.copytree(folder, tmp_path / "bestand")
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(own))
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.switch_page("pages/laden.py").run()
    page.text_input(key="wer").set_value(EVIL).run()
    bad = delivery(f"{EVIL};{EVIL};{EVIL};{EVIL}", "halle;ELB;2019-12;viele", name=f"schlecht {EVIL}.csv")
    texts = ";".join([f"Andere {EVIL}", EVIL, EVIL, EVIL, "2031-01-01"])
    good = delivery(f"halle;ELB;2019-12;1;{texts}", header=COLUMNS, name=f"gut {EVIL}.csv")
    give(page, bad, good)
    assert "&lt;img src=x" in told(page)
    assert list(interpreted(page)) == []
