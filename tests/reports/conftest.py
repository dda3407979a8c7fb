"""One gallery of charts for all tests of the reports, and the four reports made from it once."""

from pathlib import Path

import pytest

from pages.reports.handout import pdf
from pages.reports.offline import html
from pages.reports.slides import powerpoint
from pages.reports.workbook import excel
from tests.reports.gallery import Gallery, visit


@pytest.fixture(scope="session")
def gallery(warehouse: Path) -> Gallery:
    """Return what the pages show of the bundled documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOBCENTER_WAREHOUSE", str(warehouse))
        return visit()


@pytest.fixture(scope="session")
def slides(gallery: Gallery) -> bytes:
    """Return the gallery as PowerPoint."""
    return powerpoint(gallery.deck())


@pytest.fixture(scope="session")
def handout(gallery: Gallery) -> bytes:
    """Return the gallery as PDF."""
    return pdf(gallery.deck())


@pytest.fixture(scope="session")
def page(gallery: Gallery) -> bytes:
    """Return the gallery as offline page."""
    return html(gallery.deck())


@pytest.fixture(scope="session")
def book(gallery: Gallery) -> bytes:
    """Return the gallery as workbook."""
    return excel(gallery.deck())
