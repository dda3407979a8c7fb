"""The table twin and the footnotes of everything drawn from standings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from warehouse.catalog import CONFIDENTIAL, OWN_CALCULATION, Catalog
from warehouse.formatting import format_value
from warehouse.periods import period_label
from warehouse.quotients import Sides
from warehouse.standing import Standing
from warehouse.standing_words import group_note, left_out_text, quantity_of, short_quantity


def peer_table(catalog: Catalog, standings: Sequence[Standing], names: Mapping[str, str]) -> pl.DataFrame:
    """Return every member of every group with value, rank and what the value is made of, best rank first."""
    rows = [row for standing in standings for row in _members(catalog, standing, names)]
    numbers = dict.fromkeys(("Wert", "günstiger als (%)", "Zähler", "Nenner"), pl.Float64)
    schema = {**numbers, "Rang": pl.Int64, "niedrigere Werte": pl.Int64, "Datenstand": pl.Date}
    table = pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
    told = table.height and (table["Fundstelle"] != "").any()
    return table if told or not table.height else table.drop("Fundstelle")


def _members(catalog: Catalog, standing: Standing, names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    group, quantity = standing.group.name, quantity_of(catalog, standing)
    unit = catalog.indicator(standing.at.indicator).unit
    for row in standing.peers.sort("rank", "value", "area", nulls_last=True).iter_rows(named=True):
        both = _both(standing.sides, row["area"])
        start, end = row["period_start"] or standing.at.start, row["period_end"] or standing.at.end
        yield {
            "Jobcenter": names.get(row["area"], row["area"]),
            "Vergleichsgruppe": group,
            "Kennzahl": quantity,
            "Zeitraum": period_label(start, end),
            "Angabe": _figure(catalog, standing, row),
            "Wert": row["value"],
            "Einheit": unit,
            "Rang": row["rank"],
            "günstiger als (%)": row["favourable"],
            "niedrigere Werte": row["lower"],
            "Zähler": both[0],
            "Nenner": both[1],
            "Status": "nicht geliefert" if row["status"] is None else catalog.statuses[row["status"]].name,
            "Quelle": "" if row["source"] is None else catalog.source_name(row["source"]),
            "Datenstand": row["data_date"],
            "Fundstelle": row["place"] or "",
        }


def _figure(catalog: Catalog, standing: Standing, row: Mapping[str, object]) -> str:
    if row["state"] == "absent":
        return "–"
    shown = row["shown"]
    value = float(shown) if isinstance(shown, int | float) else None
    return format_value(
        catalog, standing.at.indicator, value, precision=str(row["precision"]), status=str(row["status"])
    )  # fmt: skip


def _both(sides: Sides, area: str) -> tuple[float | None, float | None]:
    return sides.of(area) or (None, None)


def peer_notes(catalog: Catalog, standings: Sequence[Standing], level: str) -> dict[str, str]:
    """Return the footnotes that follow from standings: Quelle, Datenstand, Berichtszeitraum, Vergleichsgruppe, …"""
    rows = pl.concat(
        [each.peers.select("source", "data_date", "state", "status", "confidential") for each in standings]
    )
    told = rows.filter(pl.col("source").is_not_null())
    dated = told.group_by("source").agg(pl.col("data_date").max(), pl.col("confidential").any(), pl.len())
    sources = list(dated.sort("len", descending=True).iter_rows(named=True))
    names = [_named(catalog, row) for row in sources]
    own = [each for each in standings if _formula(catalog, each)]
    inputs = [catalog.source_name(source) for each in own for source in each.sides.sources]
    formulas = _of_each(catalog, standings, lambda each: _formula(catalog, each))
    members = [each for each in standings if each.group.members]
    groups = _of_each(catalog, members, lambda each: group_note(catalog, each, level))
    left_out = _of_each(catalog, members, lambda each: left_out_text(catalog, each))
    held = ["Median, Quartile (linear interpoliert), Rang"] if any(each.spread for each in standings) else []
    computed = held + ([f"Werte nach der Formel: {'; '.join(formulas)}"] if formulas else [])
    return {
        "Quelle": "; ".join(dict.fromkeys([*inputs, *names])),
        "Datenstand": ", ".join(dict.fromkeys(f"{row['data_date']:%d.%m.%Y}" for row in sources)),
        "Berichtszeitraum": "; ".join(dict.fromkeys(map(_periods, standings))),
        "Vergleichsgruppe": " | ".join(groups),
        "Eigene Berechnung": "; ".join(computed),
        "Besonderheiten": " ".join(left_out),
    }


def _formula(catalog: Catalog, standing: Standing) -> str:
    """Return the formula of an indicator where values of it are own calculations; else ""."""
    formula = catalog.indicator(standing.at.indicator).formula
    return formula.text if formula and OWN_CALCULATION in standing.peers["source"].to_list() else ""


def _of_each(catalog: Catalog, standings: Sequence[Standing], say: Callable[[Standing], str]) -> list[str]:
    """Return what is said of standings, each once, with the names of the quantities where it is not the same for all."""
    every = {short_quantity(catalog, each) for each in standings}
    said: dict[str, dict[str, None]] = {}
    for each in standings:
        said.setdefault(say(each), {})[short_quantity(catalog, each)] = None
    said.pop("", None)
    return [
        text if len(names) == len(every) else f"{', '.join(names)}: {text}" for text, names in said.items()
    ]


def _periods(standing: Standing) -> str:
    """Return the period of a standing; where its values are of several, the first and the last."""
    shown = standing.peers.select("period_end", "period_start", "shown").iter_rows()
    ends = sorted({(end, start) for end, start, value in shown if value is not None})
    if len(ends) < 2:
        return period_label(standing.at.start, standing.at.end)
    (first_end, first), (last_end, last) = ends[0], ends[-1]
    return f"jeweils neuester, {period_label(first, first_end)} bis {period_label(last, last_end)}"


def _named(catalog: Catalog, row: Mapping[str, object]) -> str:
    source = str(row["source"])
    intern = source == OWN_CALCULATION and row["confidential"]
    return catalog.source_name(source) + (CONFIDENTIAL if intern else "")
