"""A warehouse with the five documents, built once for all tests that only read."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from etl.seed import seed
from etl.synthetic.build import build
from pages.charts.drawing import Drawing, Sent

APP = Path(__file__).parents[1] / "app.py"

settings.register_profile("tests", deadline=None)  # a busy machine is no reason for a test to fail
settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def _no_warehouse_but_those_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test read or write the data of whoever runs the tests: where none is named there is an empty folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path_factory.mktemp("empty") / "warehouse"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_chart_is_what_plotly_makes_of_it() -> Iterator[None]:
    """Check what pages send of a chart, as they draw it: Plotly accepts it and would not say anything in it otherwise."""
    send = Drawing.sent

    def checked(drawing: Drawing, mode: str | None) -> Sent:
        told, made = json.loads(Sent(drawing.told()).to_json()), json.loads(drawing.figure().to_json())
        del made["layout"]["template"]  # its look is written into what is sent (tests/test_theme.py)
        assert told == made
        return send(drawing, mode)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "sent", checked)
        yield


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a seeded warehouse. Read only; `shutil.copytree` gives one that may be changed."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with FileLock(shared / "seeded.lock"):  # the first worker seeds, the others copy what it made
        if not (shared / "seeded").exists():
            seed(shared / "seeding")
            (shared / "seeding").rename(shared / "seeded")
    return Path(shutil.copytree(shared / "seeded", own / "warehouse"))


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small warehouse of invented figures: 404 Jobcenter, some indicators, two deliveries."""
    folder = tmp_path_factory.mktemp("synthetic")
    build(folder, "probe")
    return folder


def open_app(page: str, **parameters: str | list[str]) -> AppTest:
    """Open a page of the app, as a link with parameters would, on the warehouse that JOBCENTER_WAREHOUSE names."""
    test = AppTest.from_file(str(APP), default_timeout=120)
    if page != "ueberblick":
        test.switch_page(f"pages/{page}.py")  # this forgets the parameters
        if "vorgang" in parameters:  # app.py pins it; AppTest runs the other pages without it
            test.session_state["_as_of"] = int(str(parameters["vorgang"]))
    for name, value in parameters.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception, test.exception[0].value
    return test


@pytest.fixture
def open_page(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a function that opens a page of the app, as a link with parameters would."""
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(warehouse))
    return open_app


@pytest.fixture
def in_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages run inside app.py, as they do for people: AppTest runs the files of a folder `pages` alone."""
    begin = PagesManager.__init__

    def without_folder(self: PagesManager, *arguments: Any, **options: Any) -> None:
        PagesManager.uses_pages_directory = False
        begin(self, *arguments, **options)

    monkeypatch.setattr(PagesManager, "__init__", without_folder)
