"""Comments go with the rows they are about, wherever these are shown."""

from datetime import date, datetime

import polars as pl

from warehouse.catalog import load_catalog
from warehouse.comments import comments_beside
from warehouse.schema import COMMENT

CATALOG = load_catalog()


def comment(text: str, start: date, end: date, *, breakdown: str = "", vintage: int = 1) -> pl.DataFrame:
    row = (
        "magdeburg",
        "elb",
        breakdown,
        start,
        end,
        text,
        "M. Muster",
        datetime(2026, 4, 20, 14, 30),
        "",
        "",
        "",
        1,
    )
    frame = pl.DataFrame([row], schema=COMMENT, orient="row")
    return frame.with_columns(vintage=pl.lit(vintage))


JUNE = (date(2019, 6, 1), date(2019, 6, 30))
JULY = (date(2019, 7, 1), date(2019, 7, 31))


def shown(period: str, **columns: str) -> pl.DataFrame:
    names = {
        "Jobcenter": "Magdeburg",
        "Kennzahl": CATALOG.indicator("elb").name,
        "Merkmal": "Insgesamt",
        "Zeitraum": period,
    }
    return pl.DataFrame({name: [value] for name, value in (names | columns).items()})


def test_a_comment_is_told_where_its_series_and_month_are_shown() -> None:
    rows = pl.concat([comment("Umzug", *JUNE), comment("alt", *JUNE, vintage=2), comment("Urlaub", *JULY)])
    told = {"Kommentar Magdeburg, Jun 2019 (M. Muster, 20.04.2026, 14:30 Uhr (UTC))": "Umzug"}
    assert comments_beside(CATALOG, rows, shown("Jun 2019")) == told
    assert list(comments_beside(CATALOG, rows, shown("2019")).values()) == [
        "Urlaub",
        "Umzug",
    ]  # months of that year
    assert comments_beside(CATALOG, rows, shown("Jun 2018")) == {}
    assert comments_beside(CATALOG, rows, shown("Jun 2019", Jobcenter="Halle (Saale)")) == {}
    assert comments_beside(CATALOG, rows, shown("Jun 2019", Merkmal="Frauen")) == {}
    share = {"Kennzahl": "", "Grundgesamtheit": CATALOG.indicator("elb").name, "Merkmal": "Frauen"}
    assert list(
        comments_beside(CATALOG, comment("F", *JUNE, breakdown="frauen"), shown("Jun 2019", **share)).values()
    ) == ["F"]
