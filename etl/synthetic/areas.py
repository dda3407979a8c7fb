"""The areas of the synthetic warehouse: the Jobcenter of the catalog and invented ones, with Land, size and Vergleichstyp."""

from __future__ import annotations

import polars as pl

from etl.extract import Extract
from etl.log import Entry
from etl.synthetic.recipe import Recipe
from warehouse.catalog import Catalog
from warehouse.schema import AREA

_PRIME = 2_147_483_647


def chance(number: int, salt: int, seed: int) -> float:
    """Return the number between 0 and 1 that belongs to these three, the same everywhere."""
    mixed = (number * 1_000_003 + salt * 10_007 + seed * 7_919) % _PRIME * 48_271 % _PRIME
    return mixed * ((mixed + 123_457) % _PRIME) % _PRIME / _PRIME


def jobcenters(recipe: Recipe, catalog: Catalog) -> dict[str, str]:
    """Return all Jobcenter with the id of their Land, those of the catalog first; their place is their number."""
    by_name = {region.name: id_ for id_, region in catalog.regions.items()}
    own = {id_: by_name[entry.land] for id_, entry in catalog.jobcenters.items()}
    laender = [land for land, count in recipe.facts["laender"].items() for _ in range(count)]
    keys = range(recipe.facts["first_key"], recipe.facts["first_key"] + recipe.facts["jobcenters"] - len(own))
    return own | {f"jc-{key}": laender[number % len(laender)] for number, key in enumerate(keys)}


def sized_areas(recipe: Recipe, catalog: Catalog) -> pl.DataFrame:
    """Return Jobcenter and regions: number, id, how many erwerbsfähige Leistungsberechtigte (0 for regions), `own` for
    those of the catalog."""
    known = jobcenters(recipe, catalog)
    sizes = [round(1_500 * 25 ** chance(no, 1, recipe.facts["seed"])) for no in range(len(known))]
    rows = [(no, id_, sizes[no], id_ in catalog.jobcenters) for no, id_ in enumerate(known)]
    rows += [(len(known) + no, id_, 0, False) for no, id_ in enumerate(_regions(recipe))]
    schema = {"no": pl.Int64, "id": pl.String, "size": pl.Int64, "own": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def regions(recipe: Recipe, catalog: Catalog) -> pl.DataFrame:
    """Return which Jobcenter (its number) belongs to which region: its Land, Ost or West, Deutschland."""
    part = {land: id_ for id_, laender in recipe.facts["parts"].items() for land in laender}
    lands = jobcenters(recipe, catalog).values()
    rows = [
        (no, region) for no, land in enumerate(lands) for region in (land, part[land], recipe.facts["whole"])
    ]
    return pl.DataFrame(rows, schema={"no": pl.Int64, "region": pl.String}, orient="row")


def count_regions(recipe: Recipe) -> int:
    """Return how many regions there are."""
    return len(_regions(recipe))


def _regions(recipe: Recipe) -> list[str]:
    return [*recipe.facts["laender"], *recipe.facts["parts"], recipe.facts["whole"]]


def area_names(recipe: Recipe, catalog: Catalog, entry: Entry) -> pl.DataFrame:
    """Return the invented Jobcenter by name (AREA columns with extract and load)."""
    known = jobcenters(recipe, catalog)
    invented = {id_: land for id_, land in known.items() if id_ not in catalog.jobcenters}
    rows = [
        (id_, f"{recipe.facts['name']} {number:03d}", "jobcenter", id_.partition("-")[2], land)
        for number, (id_, land) in enumerate(invented.items(), 1)
    ]
    return pl.DataFrame(rows, schema=AREA, orient="row").with_columns(
        pl.lit(entry.extract).alias("extract"), pl.lit(entry.no).alias("load_no")
    )


def assignment(recipe: Recipe, catalog: Catalog) -> Extract:
    """Return the invented assignment to the Vergleichstypen, as a file that is loaded like any other."""
    types, source = catalog.vergleichstypen, recipe.facts["source"]
    lines = ["jobcenter;traegernummer;vergleichstyp;traegerform;fassung;gueltig_ab;quelle;fundstelle"]
    for no, id_ in enumerate(jobcenters(recipe, catalog)):
        type_ = types[int(chance(no, 2, recipe.facts["seed"]) * len(types))]
        known = catalog.jobcenters.get(id_)
        number = known.traegernummer if known else id_.partition("-")[2]
        name = known.name if known else f"{recipe.facts['name']} {no - len(catalog.jobcenters) + 1:03d}"
        form = known.form if known else "zKT" if chance(no, 3, recipe.facts["seed"]) < 0.25 else "gE"
        lines.append(f"{name};{number};{type_};{form};2025;2025-01-01;{source};erfundene Zuordnung")
    return Extract("\n".join(lines).encode(), "synthetisch-vergleichstypen.csv")
