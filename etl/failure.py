"""What can stop an act on the warehouse from outside, and how it is said in German."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.extract import DamagedWarehouseError
from etl.load import BusyError
from etl.problem import german_reason
from etl.seed import SeedError
from warehouse.catalog import CatalogError

FAILURES = (BusyError, CatalogError, DamagedWarehouseError, SeedError, OSError, duckdb.Error)
"""Raised where nothing was changed: somebody else is loading, catalog or warehouse are damaged, nothing can be written."""


def german_failure(error: Exception, folder: Path) -> str:
    """Return what one of the FAILURES means and what to do."""
    if isinstance(error, OSError):
        reason = f"Der Bestand in {folder} ist nicht lesbar oder nicht beschreibbar: {german_reason(error)}."
        return f"{reason} Es wurde nichts geändert."
    if isinstance(error, duckdb.Error):
        repair = "»python -m etl rebuild« baut ihn aus den aufbewahrten Lieferungen neu."
        return f"Der veröffentlichte Stand in {folder} ist beschädigt. {repair}"
    return str(error)
