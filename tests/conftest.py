"""A warehouse with the five documents, built once for all tests that only read."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from etl.seed import seed
from etl.synthetic.build import build

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of a seeded warehouse, named by JOBCENTER_WAREHOUSE while tests use it. Read only."""
    folder = tmp_path_factory.mktemp("warehouse")
    seed(folder)
    before = os.environ.get("JOBCENTER_WAREHOUSE")
    os.environ["JOBCENTER_WAREHOUSE"] = str(folder)
    yield folder
    if before is None:
        del os.environ["JOBCENTER_WAREHOUSE"]
    else:
        os.environ["JOBCENTER_WAREHOUSE"] = before


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small warehouse of invented figures: 404 Jobcenter, some indicators, two deliveries."""
    folder = tmp_path_factory.mktemp("synthetic")
    build(folder, "probe")
    return folder


@pytest.fixture
def open_page(warehouse: Path) -> Callable[..., AppTest]:
    """Return a function that opens a page of the app, as a link with parameters would."""

    def open_(page: str, **parameters: str | list[str]) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        if page != "ueberblick":
            test.switch_page(f"pages/{page}.py")
            for name, value in parameters.items():
                test.query_params[name] = value
            test.run()
        assert not test.exception, test.exception[0].value
        return test

    return open_


@pytest.fixture
def in_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages run inside app.py, as they do for people: AppTest runs the files of a folder `pages` alone."""
    begin = PagesManager.__init__

    def without_folder(self: PagesManager, *arguments: Any, **options: Any) -> None:
        PagesManager.uses_pages_directory = False
        begin(self, *arguments, **options)

    monkeypatch.setattr(PagesManager, "__init__", without_folder)
