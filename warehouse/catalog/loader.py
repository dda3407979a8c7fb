"""Reads and validates the catalog; a bad catalog fails at load with file, entry and remedy, all problems at
once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from warehouse.catalog import model
from warehouse.catalog.reader import Reader, Table
from warehouse.catalog.rules import broken_rules

CATALOG_FOLDER = Path(__file__).parent
_VOCABULARY = {
    "time_concepts": model.Term,
    "kinds": model.Term,
    "statuses": model.Status,
    "precisions": model.Precision,
    "units": model.Unit,
    "directions": model.Term,
    "topics": model.Term,
    "companions": model.Companion,
    "field_categories": model.Term,
    "field_kinds": model.Term,
    "field_states": model.Term,
    "field_levels": model.Term,
    "field_rhythms": model.Term,
    "contradiction_kinds": model.Term,
    "forms": model.Term,
    "dimensions": model.Dimension,
    "event_kinds": model.Term,
}
_FILES = {
    "jobcenters": model.Jobcenter,
    "regions": model.Region,
    "breakdowns": model.Breakdown,
    "sources": model.Source,
    "families": model.Family,
    "similar": model.Similar,
    "sums": model.Sum,
    "partitions": model.Partition,
    "thresholds": model.Threshold,
    "ratios": model.Ratio,
    "deliveries": model.Delivery,
    "pages": model.Page,
    "derivations": model.Derivation,
    "events": model.Event,
    "comparators": model.Comparator,
    "quotients": model.Quotient,
    "statistics": model.Threshold,
    "targets": model.YearOfMonths,
    "signals": model.SignalRule,
}


class CatalogError(Exception):
    """The catalog cannot be used; `problems` are German sentences with file, entry and remedy."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("Der Katalog ist fehlerhaft:\n" + "\n".join(f"- {problem}" for problem in problems))


@cache
def load_catalog(folder: Path = CATALOG_FOLDER) -> model.Catalog:
    """Read the declared facts from `folder`.

    Raises CatalogError naming file, entry and remedy of every problem: missing or unknown fields, wrong
    types, references to entries that do not exist, spellings that mean two things.
    """
    reader = Reader(folder)
    parts: dict[str, object] = {
        name: reader.entries(type_, reader.toml(f"{name}.toml"), f"{name}.toml")
        for name, type_ in _FILES.items()
    }
    parts |= _vocabulary(reader) | _vergleichstypen(reader) | {"indicators": _indicators(reader)}
    parts |= _structure(reader)
    catalog = model.Catalog(**parts)  # type: ignore[arg-type]
    problems = reader.problems or list(broken_rules(catalog))
    if problems:
        raise CatalogError(problems)
    return catalog


def _vocabulary(reader: Reader) -> dict[str, object]:
    words = reader.toml("vocabulary.toml")
    reader.problems += [
        f"vocabulary.toml: Den Abschnitt [{name}] gibt es nicht. Möglich sind: {', '.join(_VOCABULARY)}."
        for name in words
        if name not in _VOCABULARY
    ]
    return {
        section: reader.entries(type_, words.get(section, {}), f"vocabulary.toml, Abschnitt [{section}]")
        for section, type_ in _VOCABULARY.items()
    }


def _vergleichstypen(reader: Reader) -> dict[str, object]:
    block = reader.toml("vergleichstypen.toml")
    memberships = [
        reader.entry(model.Membership, entry, f"vergleichstypen.toml, memberships Nr. {number}")
        for number, entry in enumerate(block.get("memberships", []), 1)
    ]
    return {
        "vergleichstypen": tuple(block.get("types", ())),
        "memberships": tuple(entry for entry in memberships if entry is not None),
    }


def _structure(reader: Reader) -> dict[str, object]:
    block = reader.toml("structure.toml")
    method = reader.entries(
        model.Method, {"method": block["method"]} if "method" in block else {}, "structure.toml"
    )
    variables = reader.entries(
        model.Variable, block.get("variables", {}), "structure.toml, Abschnitt [variables]"
    )
    if block and "method" not in block:
        reader.problems.append("structure.toml: Der Abschnitt [method] fehlt. Ergänzen Sie ihn.")
    return {**method, "variables": variables}


def _indicators(reader: Reader) -> dict[str, model.Indicator]:
    found: dict[str, model.Indicator] = {}
    blocks: Table = {}
    for path in sorted((reader.folder / "indicators").glob("*.toml")):
        name = f"indicators/{path.name}"
        table = reader.toml(name)
        reader.problems += [
            f"{name}, Eintrag [{id_}]: doppelt vergeben. Wählen Sie eine andere Kennung."
            for id_ in table.keys() & blocks.keys()
        ]
        blocks |= table
        found |= reader.entries(model.Indicator, table, name)
    return found
