"""A warehouse of invented figures: the same everywhere, never beside real ones, and never lost by a rebuild."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl import log
from etl.__main__ import main
from etl.doctor import examine
from etl.extract import DamagedWarehouseError, Extract, kept
from etl.load import begun, load_extract, rebuild
from etl.progress_line import ProgressLine
from etl.seed import DOCUMENTS_FOLDER, seed
from etl.synthetic.apart import is_synthetic
from etl.synthetic.areas import count_regions, jobcenters
from etl.synthetic.build import NotEmptyError, build
from etl.synthetic.recipe import FORMAT, deliveries, sizes, understood
from etl.verdict import check_extract
from warehouse.calculations import ratios
from warehouse.catalog import load_catalog
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

CATALOG = load_catalog()


@pytest.fixture
def folder(synthetic: Path) -> Path:
    return synthetic


def everything(folder: Path) -> pl.DataFrame:
    snapshot = current_snapshot(folder)
    assert snapshot
    return ask(snapshot, "current_observations")


def test_the_sizes_are_the_national_ones() -> None:
    def values(size: str) -> int:
        return sum(each.rows(CATALOG, count_regions(each)) for each in deliveries(size))

    assert list(sizes()) == ["1m", "10m", "57m", "probe"]
    assert 0.95e6 < values("1m") < 1.15e6
    assert 9.5e6 < values("10m") < 10.8e6
    assert 56e6 < values("57m") < 60e6


def test_it_names_404_jobcenter_and_calls_the_invented_ones_so(folder: Path) -> None:
    recipe = next(deliveries("probe"))
    known = jobcenters(recipe, CATALOG)
    snapshot = current_snapshot(folder)
    assert snapshot
    invented = ask(snapshot, "areas")
    assert len(known) == 404
    assert list(known)[:5] == list(CATALOG.jobcenters)
    assert invented.height == 399
    assert invented["name"].str.starts_with("Musterjobcenter ").all()
    assert set(everything(folder)["source"]) == {"synthetisch"}
    assert CATALOG.sources["synthetisch"].synthetic


def test_parts_add_up_and_regions_are_sums_of_their_jobcenter(folder: Path) -> None:
    counts = everything(folder).filter(
        pl.col("period_end") == date(2025, 12, 31),
        pl.col("time_concept") == "stichtag",
        pl.col("value").is_not_null(),
    )
    divided = counts.filter(pl.col("breakdown") == "frauen")["indicator"].unique().to_list()
    counts = counts.filter(pl.col("indicator").is_in(divided))
    by_part = {part: own for (part,), own in counts.group_by("breakdown")}
    whole = dict(by_part[""].select("jobcenter", "value").iter_rows())
    women, men = (
        dict(by_part[part].select("jobcenter", "value").iter_rows()) for part in ("frauen", "maenner")
    )
    both = whole.keys() & women.keys() & men.keys()
    assert len(both) > 400
    assert all(women[area] + men[area] == whole[area] for area in both)
    assert whole["ost"] + whole["west"] == whole["de"]
    assert sum(whole[land] for land in next(deliveries("probe")).facts["laender"]) == whole["de"]


def test_a_rate_is_the_ratio_of_its_counts(folder: Path) -> None:
    """Such as the change of a stock to the same month of the year before."""
    recipe = next(deliveries("probe"))
    rates = [id_ for id_ in recipe.indicators if recipe.rate(id_, CATALOG)]
    rows = everything(folder).filter(
        pl.col("jobcenter") == "de", pl.col("breakdown") == "", pl.col("kind") == "ist"
    )
    values = {
        (row["indicator"], row["period_end"]): row["value"]
        for row in rows.filter(pl.col("time_concept") == "stichtag").iter_rows(named=True)
    }
    end, before = date(2025, 12, 31), date(2024, 12, 31)
    checked = 0
    for id_ in rates:
        rate = recipe.rate(id_, CATALOG)
        assert rate
        above, below = rate.formula.numerator, rate.formula.denominator
        if above.months > 1 or rate.formula.average_of > 1 or (above.indicator, end) not in values:
            continue
        base = values[below.indicator, before if below.lag == 12 else end]
        expected = values[above.indicator, end] / base * 100 * rate.factor
        expected -= 100 if rate.formula.result == "change" else 0
        assert values[id_, end] == pytest.approx(expected, abs=0.0001)
        checked += 1
    assert checked


def test_some_values_are_suppressed_some_provisional_and_revised_ones_stay_askable(folder: Path) -> None:
    rows = everything(folder)
    snapshot = current_snapshot(folder)
    assert snapshot
    counted = dict(rows["status"].value_counts().iter_rows())
    assert counted["anonymisiert"] > 20
    assert rows.filter(pl.col("status") == "anonymisiert")["value"].null_count() == counted["anonymisiert"]
    provisional = rows.filter(pl.col("status") == "vorlaeufig")["period_end"]
    assert provisional.min() == date(2025, 10, 31)
    september = ask(snapshot, "current_observations", as_of=1).filter(
        pl.col("period_end") == date(2025, 9, 30)
    )
    assert set(september.filter(pl.col("value").is_not_null())["status"]) == {"vorlaeufig"}
    now = rows.filter(pl.col("period_end") == date(2025, 9, 30), pl.col("value").is_not_null())
    assert set(now["status"]) == {"endgueltig"}
    key = ["jobcenter", "indicator", "breakdown"]
    both = september.join(now, on=key).filter(pl.col("value") != pl.col("value_right"))
    assert both.height > 100


def test_a_rebuild_makes_the_same_rows_again(folder: Path) -> None:
    before = everything(folder)
    assert rebuild(folder) == 4
    assert everything(folder).equals(before)
    assert all(finding.sound for finding in examine(folder))


def test_a_start_adds_no_document_to_invented_figures(folder: Path) -> None:
    before = len(log.read_log(folder))
    assert seed(folder) == 0
    assert len(log.read_log(folder)) == before


def test_a_real_delivery_is_refused_beside_invented_figures(folder: Path) -> None:
    report = load_extract(folder, Extract.from_file(DOCUMENTS_FOLDER / "halle.csv"), accept_warnings="doch")
    assert report.outcome == log.REJECTED
    assert report.problems[0].code == "real_beside_synthetic"
    assert "Dieser Bestand ist synthetisch" in report.problems[0].message
    assert set(everything(folder)["source"]) == {"synthetisch"}


def test_an_invented_delivery_is_refused_beside_real_figures(folder: Path, tmp_path: Path) -> None:
    (entry,) = [each for each in log.read_log(folder) if each.file_name.endswith("vergleichstypen.csv")]
    report = check_extract(tmp_path, kept(folder, entry.extract, entry.file_name))
    assert report.outcome == log.REJECTED
    assert report.problems[0].code == "synthetic_beside_real"


def test_nothing_is_built_where_something_is(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotEmptyError, match="schon ein Bestand"):
        build(folder, "probe")
    load_extract(tmp_path, Extract.from_file(DOCUMENTS_FOLDER / "halle.csv"), accept_warnings="geprüft")
    with pytest.raises(NotEmptyError):
        build(tmp_path, "probe")
    assert not is_synthetic(tmp_path)


def test_a_recipe_of_another_version_is_not_followed_in_silence(folder: Path) -> None:
    recipe = next(deliveries("probe"))
    content = recipe.content.replace(b"\nversion = 1\n", b"\nversion = 99\n")
    with pytest.raises(DamagedWarehouseError, match="Fassung 99"):
        understood(Extract(content, "rezept.toml"))
    assert understood(Extract(recipe.content, "rezept.toml")).indicators == recipe.indicators


def test_the_command_builds_once_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where a build was broken off: what it had kept is no warehouse."""
    begun(tmp_path).touch()
    (tmp_path / "extracts" / "aa").mkdir(parents=True)
    (tmp_path / "extracts" / "aa" / "aa11").touch()
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr(ProgressLine, "hear", lambda line, step: (setattr(line, "step", step), line.show()))
    assert main(["demo", "--size", "probe"]) == 0
    assert not begun(tmp_path).exists()
    shown = capsys.readouterr()
    assert "erfundene Werte angelegt" in shown.out
    assert "Lieferung 2 von 4: synthetisch" in shown.err, "how far it is, beside what it says"
    assert "Lieferung" not in shown.out
    assert main(["demo"]) == 0
    assert "vollständig" in capsys.readouterr().out
    assert main(["list", "--json"]) == 0
    assert {entry["format"] for entry in json.loads(capsys.readouterr().out)} >= {FORMAT}


def test_every_amount_per_head_finds_its_two_sides(synthetic: Path) -> None:
    """The page Finanzen is full in the demonstration, too: each ratio has numerator and denominator for the same years."""
    asked = sorted({id_ for ratio in CATALOG.ratios.values() for id_ in (ratio.numerator, ratio.denominator)})
    rows = everything(synthetic).filter(
        pl.col("indicator").is_in(asked), pl.col("jobcenter").is_in(list(CATALOG.jobcenters))
    )
    found = ratios(CATALOG, rows)
    assert set(found["ratio"]) == set(CATALOG.ratios)
    assert set(found["jobcenter"]) == set(CATALOG.jobcenters)
