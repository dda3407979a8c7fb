"""Keeps invented figures and real ones apart: a warehouse holds the one or the other, whoever loads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from etl import log
from etl.draft import Draft
from etl.problem import problem
from etl.synthetic.recipe import FORMAT
from etl.tidy import SCHEMAS
from warehouse.catalog import Catalog


def is_synthetic(folder: Path) -> bool:
    """Tell whether a warehouse has been built from a recipe of invented figures."""
    return any(entry.act == log.LOADED and entry.format == FORMAT for entry in log.read_log(folder))


def kept_apart(folder: Path, made: Draft, catalog: Catalog) -> Draft:
    """Reject a draft whose sources are real where the warehouse is synthetic, or the other way round."""
    if made.tidied is None or "source" not in SCHEMAS[made.tidied.target]:
        return made
    invented = {source.id for source in catalog.sources.values() if source.synthetic}
    sources = set(made.tidied.distinct("source")["source"])
    is_invented = is_synthetic(folder)
    strange = sources - invented if is_invented else sources & invented
    if not strange:
        return made
    code = "real_beside_synthetic" if is_invented else "synthetic_beside_real"
    titles = ", ".join(sorted(catalog.source_name(id_) for id_ in (invented if is_invented else strange)))
    found = problem(code, file=made.extract.file_name, found=titles)
    return replace(made, problems=[found, *made.problems])
