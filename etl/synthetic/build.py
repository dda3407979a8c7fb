"""Builds a synthetic warehouse in a folder of its own; where real deliveries are, nothing is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from etl import log
from etl.draft import understand
from etl.extract import Extract, keep, keeps_any
from etl.load import begin, begun, loading
from etl.progress import tell
from etl.published import replaying
from etl.synthetic.areas import assignment, count_regions
from etl.synthetic.recipe import FORMAT, Recipe, deliveries
from warehouse.catalog import Catalog, load_catalog
from warehouse.snapshots import has_snapshots, publish

WHO = "Synthetische Daten"
_FIELDS = Path(__file__).parent / "synthetisch-handlungsfelder.csv"


class NotEmptyError(Exception):
    """The folder holds a warehouse already; the message says what to do."""


def build(folder: Path, size: str) -> int:
    """Publish the synthetic warehouse of a size in an empty folder; return how many values it holds.

    Raises NotEmptyError where anything has been loaded there before.
    """
    catalog, recipes = load_catalog(), list(deliveries(size))
    with loading(folder):
        if (
            log.read_log(folder)
            or has_snapshots(folder)
            or (keeps_any(folder) and not begun(folder).exists())
        ):
            raise NotEmptyError(
                f"In {folder} ist schon ein Bestand. Synthetische Daten kommen nie zu anderen: Nennen Sie mit "
                "JOBCENTER_WAREHOUSE einen leeren Ordner, oder löschen Sie diesen."
            )
        begin(folder)
        entries = [_recipe_entry(folder, no, recipe, catalog) for no, recipe in enumerate(recipes, 1)]
        files = [assignment(recipes[-1], catalog), Extract.from_file(_FIELDS)]
        received = recipes[-1].delivered["dated"]
        entries += [
            _file_entry(folder, no, file, received) for no, file in enumerate(files, len(entries) + 1)
        ]
        publish(folder, replaying(folder, entries), witness=log.writing(folder, *entries))
        begun(folder).unlink(missing_ok=True)
    return sum(entry.rows for entry in entries[: len(recipes)])


def _recipe_entry(folder: Path, no: int, recipe: Recipe, catalog: Catalog) -> log.Entry:
    tell(f"Lieferung {no} wird vorbereitet: {recipe.delivered['name']}")
    extract = Extract(recipe.content, f"{recipe.delivered['name']}.toml")
    keep(folder, extract)
    rows, received = recipe.rows(catalog, count_regions(recipe)), recipe.delivered["dated"]
    return _entry(no, extract, FORMAT, received, rows)


def _file_entry(folder: Path, no: int, file: Extract, received: date) -> log.Entry:
    made = understand(file, load_catalog(), received)
    if made.is_rejected or made.tidied is None:
        raise ValueError(" ".join(found.message for found in made.problems))
    keep(folder, file)
    return _entry(no, file, made.format_id, received, made.tidied.height)


def _entry(no: int, extract: Extract, format_: str, received: date, rows: int) -> log.Entry:
    at = datetime.combine(received, datetime.min.time(), UTC).isoformat(timespec="seconds")
    return log.Entry(
        no,
        log.LOADED,
        extract.id,
        extract.file_name,
        WHO,
        at,
        format=format_,
        received=f"{received}",
        rows=rows,
        counts={"new": rows, "revised": 0, "unchanged": 0, "vanished": 0, "skipped": 0},
    )
