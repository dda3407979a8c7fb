"""Values that are projected, revised or suppressed look it: in the chart, in its legend, in the table beside it."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract
from tests.conftest import APP
from tests.etl.deliveries import HEADER, delivery
from tests.pages.seen import seen
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

COLUMNS = (*HEADER, "status", "quelle", "datenstand")
FIRST = (
    "halle;NEF;2012-01;20.001;hochgerechnet;Probe;2012-05-01",
    "halle;NEF;2012-02;20.002;endgültig;Probe;2012-05-01",
    "halle;NEF;2012-03;20.003;endgültig;Probe;2012-05-01",
    "halle;NEF;2012-04;20.004;endgültig;Probe;2012-05-01",
    "halle;NEF;2012-05;20.005;geschätzt;Probe;2012-05-01",
)
LATER = (
    "halle;NEF;2012-02;20.102;endgültig;Probe;2012-06-01",
    "halle;NEF;2012-03;*;;Probe;2012-06-01",
    "halle;NEF;2012-04;20.004;endgültig;Probe;2012-06-01",
)


@pytest.fixture
def folder(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a warehouse with a series of Halle of which one value is projected, one estimated, one revised, one suppressed."""
    own = Path(shutil.copytree(warehouse, tmp_path / "bestand"))
    for number, rows in enumerate((FIRST, LATER)):
        extract = delivery(*rows, header=COLUMNS, name=f"{number}.csv")
        assert load_extract(own, extract, who="Ada", accept_warnings="Probe").outcome == "loaded"
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(own))
    return own


def test_only_what_says_something_else_is_revised(folder: Path) -> None:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    found = ask(snapshot, "revised_of", areas=["halle"]).filter(source="Probe")
    assert [start.month for start in found["period_start"]] == [2, 3]
    assert ask(snapshot, "revised_of", areas=["harburg"]).filter(source="Probe").is_empty()


def test_they_look_it_in_chart_legend_and_table(folder: Path, in_frame: None) -> None:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.switch_page("pages/zeitreihen.py")
    page.query_params["kennzahl"] = "NEF · Nicht erwerbsfähige Leistungsberechtigte"
    page.query_params["jobcenter"] = "Halle (Saale)"
    page.run()
    assert not page.exception, page.exception[0].value

    table = " ".join(block.proto.body for block in page.get("html"))
    for word, figure in (("hochgerechnet", "20.001"), ("revidiert", "20.102"), ("geschätzt", "20.005")):
        assert word in table.partition(f">{figure}<")[2].partition("</tr>")[0], figure
    unmarked = table.partition(">20.004<")[2].partition("</tr>")[0]
    assert "jv-badge" not in unmarked
    (chart,) = [
        json.loads(each.proto.spec) for each in page.get("plotly_chart") if "20.001" in each.proto.spec
    ]
    marks = {
        text: symbol.endswith("-open")
        for trace in chart["data"]
        if "hovertext" in trace
        for text, symbol in zip(trace["hovertext"], trace["marker"]["symbol"], strict=True)
    }
    soft = {text: text.endswith(("(hochgerechnet)", "(geschätzt)")) for text in marks}
    assert marks == soft
    assert sorted(soft.values()) == [False, False, True, True]
    assert "hohle Zeichen: geschätzt, hochgerechnet" in seen(page).replace("<br>", " ")
    assert "* aus Datenschutzgründen anonymisiert" in seen(page).replace("<br>", " ")
