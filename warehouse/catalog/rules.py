"""What entries of the catalog owe each other: references that exist, spellings that mean one thing, sensible
values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from warehouse.catalog.model import Catalog, Family, Formula, Operand, Similar
from warehouse.spelling import fold

_INDICATORS = "indicators/*.toml"
_Spellings = Iterable[tuple[str, Sequence[str]]]


def broken_rules(catalog: Catalog) -> Iterator[str]:
    """Yield a German sentence with file, entry and remedy for every rule the catalog breaks."""
    yield from _indicator_references(catalog)
    yield from _other_references(catalog)
    yield from _part_references(catalog)
    yield from _partitions(catalog)
    yield from _comparisons(catalog)
    yield from _delivery_references(catalog)
    yield from _page_references(catalog)
    yield from _events_and_derivations(catalog)
    yield from _years(catalog)
    yield from _word_references(catalog)
    yield from _ambiguous_spellings(catalog)
    yield from _bad_values(catalog)


def _missing(place: str, field: str, values: Iterable[str], known: Iterable[str], file: str) -> Iterator[str]:
    have = set(known)
    for value in values:
        if value not in have:
            yield (
                f"{place}: »{field}« verweist auf »{value}«, das {file} nicht kennt. "
                "Tragen Sie es dort ein oder berichtigen Sie den Verweis."
            )


def _indicator_references(catalog: Catalog) -> Iterator[str]:
    words = "vocabulary.toml"
    for entry in catalog.indicators.values():
        place = f"{_INDICATORS}, Eintrag [{entry.id}]"
        yield from _missing(place, "unit", [entry.unit], catalog.units, words)
        yield from _missing(place, "topic", [entry.topic], catalog.topics, words)
        yield from _missing(place, "direction", [entry.direction], catalog.directions, words)
        yield from _missing(place, "time_concepts", entry.time_concepts, catalog.time_concepts, words)
        yield from _missing(place, "targets_on", entry.targets_on, catalog.time_concepts, words)
        yield from _missing(place, "base", filter(None, [entry.base]), catalog.indicators, _INDICATORS)
        yield from _missing(place, "family", filter(None, [entry.family]), catalog.families, "families.toml")
        for operand in _operands(entry.formula):
            yield from _missing(place, "formula", [operand.indicator], catalog.indicators, _INDICATORS)
            parts = filter(None, operand.breakdown.split("+"))
            yield from _missing(place, "formula", parts, catalog.breakdowns, "breakdowns.toml")
            sources = filter(None, [operand.source])
            yield from _missing(place, "formula", sources, catalog.sources, "sources.toml")


def _operands(formula: Formula | None) -> tuple[Operand, ...]:
    return (formula.numerator, formula.denominator) if formula else ()


def _other_references(catalog: Catalog) -> Iterator[str]:
    addressed: tuple[tuple[str, Mapping[str, Family | Similar]], ...] = (
        ("families.toml", catalog.families),
        ("similar.toml", catalog.similar),
    )
    for file, groups in addressed:
        for id_, group in groups.items():
            yield from _members(f"{file}, Eintrag [{id_}]", group.members, catalog)
    for region in catalog.regions.values():
        place = f"regions.toml, Eintrag [{region.id}]"
        yield from _missing(place, "part", filter(None, [region.part]), catalog.regions, "regions.toml")
    for source in catalog.sources.values():
        place = f"sources.toml, Eintrag [{source.id}]"
        named = filter(None, [source.jobcenter])
        yield from _missing(place, "jobcenter", named, catalog.jobcenters, "jobcenters.toml")
    for companion in catalog.companions.values():
        place = f"vocabulary.toml, Abschnitt [companions], Eintrag [{companion.id}]"
        yield from _missing(place, "unit", [companion.unit], {*catalog.units, "same"}, "vocabulary.toml")
    for number, entry in enumerate(catalog.memberships, 1):
        place = f"vergleichstypen.toml, memberships Nr. {number}"
        yield from _missing(place, "jobcenter", [entry.jobcenter], catalog.jobcenters, "jobcenters.toml")
        yield from _missing(
            place, "type", [entry.type], catalog.vergleichstypen, "vergleichstypen.toml (types)"
        )
        yield from _missing(place, "source", [entry.source], catalog.sources, "sources.toml")


def _part_references(catalog: Catalog) -> Iterator[str]:
    for part in catalog.breakdowns.values():
        place = f"breakdowns.toml, Eintrag [{part.id}]"
        yield from _missing(
            place, "dimension", filter(None, [part.dimension]), catalog.dimensions, "vocabulary.toml"
        )
        yield from _missing(
            place, "within", filter(None, [part.within]), catalog.breakdowns, "breakdowns.toml"
        )
    for total in catalog.sums.values():
        place = f"sums.toml, Eintrag [{total.id}]"
        yield from _missing(
            place, "whole, parts", (total.whole, *total.parts), catalog.indicators, _INDICATORS
        )
    for ratio in catalog.ratios.values():
        place = f"ratios.toml, Eintrag [{ratio.id}]"
        used = filter(None, (ratio.numerator, ratio.denominator, ratio.printed))
        yield from _missing(place, "numerator, denominator, printed", used, catalog.indicators, _INDICATORS)
        concepts = (ratio.numerator_on, ratio.denominator_on)
        yield from _missing(
            place, "numerator_on, denominator_on", concepts, catalog.time_concepts, "vocabulary.toml"
        )
        yield from _missing(place, "unit", [ratio.unit], catalog.units, "vocabulary.toml")
        yield from _missing(place, "family", [ratio.family], catalog.families, "families.toml")


def _comparisons(catalog: Catalog) -> Iterator[str]:
    for quotient in catalog.quotients.values():
        place = f"quotients.toml, Eintrag [{quotient.id}]"
        used = (quotient.id, quotient.numerator, quotient.denominator)
        yield from _missing(place, "numerator, denominator", used, catalog.indicators, _INDICATORS)
        yield from _one_of(place, "chance", quotient.chance, ("binomial", "poisson"))
    for comparator in catalog.comparators.values():
        place = f"comparators.toml, Eintrag [{comparator.id}]"
        rules = ("type", "type_today", "same", "all", "form", "catalog", "alike")
        yield from _one_of(place, "rule", comparator.rule, rules)
        if comparator.rule == "same":
            yield from _one_of(place, "column", comparator.column, ("land", "part"))
    for signal in catalog.signals.values():
        yield from _one_of(
            f"signals.toml, Eintrag [{signal.id}]", "rule", signal.rule, ("edge", "moved", "place")
        )
    yield from _one_of(
        "structure.toml, Eintrag [method]",
        "standardisation",
        catalog.method.standardisation,
        ("robust", "plain"),
    )
    for variable in catalog.variables.values():
        place = f"structure.toml, Abschnitt [variables], Eintrag [{variable.id}]"
        yield from _missing(place, "indicator", [variable.indicator], catalog.indicators, _INDICATORS)
        parts = filter(None, [variable.breakdown])
        yield from _missing(place, "breakdown", parts, catalog.breakdowns, "breakdowns.toml")
        yield from _one_of(place, "transform", variable.transform, ("", "log"))
        if variable.weight <= 0:
            yield f"{place}: »weight« ist {variable.weight:g}. Schreiben Sie eine Zahl über 0."


def _one_of(place: str, field: str, value: str, possible: Sequence[str]) -> Iterator[str]:
    if value not in possible:
        yield f"{place}: »{field}« ist »{value}«. Möglich sind: {', '.join(filter(None, possible))}."


def _partitions(catalog: Catalog) -> Iterator[str]:
    known = {"breakdowns": set(catalog.breakdowns), "regions": set(catalog.regions)}
    for entry in catalog.partitions.values():
        place = f"partitions.toml, Eintrag [{entry.id}]"
        if entry.of not in known:
            yield f"{place}: »of« ist »{entry.of}«. Möglich sind {' und '.join(known)}."
            continue
        named = filter(None, (entry.whole, *entry.parts))
        yield from _missing(place, "whole, parts", named, known[entry.of], f"{entry.of}.toml")
        by_kind = entry.of == "regions" and entry.kind in {region.kind for region in catalog.regions.values()}
        if (entry.size < 2 or not by_kind) if not entry.parts else len(set(entry.parts)) < 2:
            yield f"{place}: Es fehlen die Teile. Nennen Sie zwei oder mehr »parts«, bei Regionen sonst »kind« und »size«."


def _delivery_references(catalog: Catalog) -> Iterator[str]:
    for entry in catalog.deliveries.values():
        place = f"deliveries.toml, Eintrag [{entry.id}]"
        yield from _members(place, entry.members, catalog)
        yield from _missing(place, "topics", entry.topics, catalog.topics, "vocabulary.toml")
    if sum(entry.fallback for entry in catalog.deliveries.values()) != 1:
        yield "deliveries.toml: Genau ein Eintrag muss fallback = true haben. Er gilt für alles, was sonst keiner nennt."


def _page_references(catalog: Catalog) -> Iterator[str]:
    for entry in catalog.pages.values():
        place = f"pages.toml, Eintrag [{entry.id}]"
        family, indicator = filter(None, [entry.first_family]), filter(None, [entry.first_indicator])
        yield from _missing(place, "topics", entry.topics, catalog.topics, "vocabulary.toml")
        yield from _missing(place, "first_family", family, catalog.families, "families.toml")
        yield from _missing(place, "first_indicator", indicator, catalog.indicators, _INDICATORS)
        yield from _missing(place, "first_of", entry.first_of, catalog.indicators, _INDICATORS)
        yield from _members(place, entry.indicators, catalog)


def _events_and_derivations(catalog: Catalog) -> Iterator[str]:
    for event in catalog.events.values():
        place = f"events.toml, Eintrag [{event.id}]"
        yield from _missing(place, "kind", [event.kind], catalog.event_kinds, "vocabulary.toml")
        yield from _missing(place, "indicators", event.indicators, catalog.indicators, _INDICATORS)
        yield from _missing(place, "topics", event.topics, catalog.topics, "vocabulary.toml")
        if event.end is not None and event.end < event.start:
            yield f"{place}: »end« liegt vor »start«. Vertauschen oder berichtigen Sie die Daten."
        yield from _unknown_areas(place, event.areas, catalog)
    for rule in catalog.derivations.values():
        place = f"derivations.toml, Eintrag [{rule.id}]"
        yield from _missing(place, "id", [rule.id], catalog.time_concepts, "vocabulary.toml (time_concepts)")
        if rule.window not in ("year", "12") or rule.aggregate not in ("sum", "mean"):
            yield f"{place}: Möglich sind »window« year oder 12, »aggregate« sum oder mean."


def _unknown_areas(place: str, areas: Iterable[str], catalog: Catalog) -> Iterator[str]:
    """Areas beyond the catalog are named by their official number (`jc-03208`), which only deliveries know."""
    for area in areas:
        if not re.fullmatch(r"(jc|kr)-[0-9]{5}", area):
            known = {**catalog.jobcenters, **catalog.regions}
            yield from _missing(place, "areas", [area], known, "jobcenters.toml und regions.toml")


def _years(catalog: Catalog) -> Iterator[str]:
    for entry in catalog.targets.values():
        place = f"targets.toml, Eintrag [{entry.id}]"
        named = filter(None, (entry.id, entry.numerator, entry.denominator))
        yield from _missing(place, "id, numerator, denominator", named, catalog.indicators, _INDICATORS)
        if entry.months == "sum" and entry.numerator in catalog.indicators and entry.id in catalog.indicators:
            months, year = (catalog.indicators[id_].unit for id_ in (entry.numerator, entry.id))
            if months != year:
                yield f"{place}: Monate in {months} ergeben kein Jahr in {year}. Wählen Sie eine Kennzahl derselben Einheit."
        both = bool(entry.numerator and entry.denominator)
        if entry.months not in ("sum", "mean", "ratio") or (entry.months == "ratio") != both:
            yield f"{place}: »months« ist sum, mean oder ratio; nur ratio hat »numerator« und »denominator«."


def _word_references(catalog: Catalog) -> Iterator[str]:
    for unit in catalog.units.values():
        place = f"vocabulary.toml, Abschnitt [units], Eintrag [{unit.id}]"
        same = [entry.id for entry in catalog.units.values() if entry.dimension == unit.dimension != ""]
        yield from _missing(
            place, "differs_in", filter(None, [unit.differs_in]), catalog.units, "vocabulary.toml"
        )
        yield from _missing(
            place, "shown_as", filter(None, [unit.shown_as]), same, "vocabulary.toml (gleiche dimension)"
        )
    for precision in catalog.precisions.values():
        if precision.bound not in ("", "limit", "range"):
            yield (
                f"vocabulary.toml, Abschnitt [precisions], Eintrag [{precision.id}]: »bound« ist »{precision.bound}«. "
                "Möglich sind limit und range."
            )


def _members(place: str, members: Iterable[str], catalog: Catalog) -> Iterator[str]:
    for member in members:
        indicator, _, breakdown = member.partition("/")
        yield from _missing(place, "members", [indicator], catalog.indicators, _INDICATORS)
        parts = filter(None, breakdown.split("+"))
        yield from _missing(place, "members", parts, catalog.breakdowns, "breakdowns.toml")


def _ambiguous_spellings(catalog: Catalog) -> Iterator[str]:
    areas: list[tuple[str, Sequence[str]]] = [(j.id, j.spellings) for j in catalog.jobcenters.values()]
    areas += [(region.id, region.spellings) for region in catalog.regions.values()]
    groups: list[tuple[str, _Spellings]] = [
        ("jobcenters.toml/regions.toml", areas),
        (_INDICATORS, ((i.id, (i.id, i.code, i.name, *i.aliases)) for i in catalog.indicators.values())),
        ("breakdowns.toml", ((b.id, (b.id, b.name, *b.aliases)) for b in catalog.breakdowns.values())),
    ]
    for section in ("time_concepts", "kinds", "statuses", "precisions", "units"):
        words = getattr(catalog, section).values()
        groups.append(
            (f"vocabulary.toml, Abschnitt [{section}]", ((w.id, (w.id, w.name, *w.aliases)) for w in words))
        )
    for file, entries in groups:
        owner: dict[str, str] = {}
        for id_, spelling in ((id_, spelling) for id_, spellings in entries for spelling in spellings):
            key = fold(spelling).lstrip("0") if spelling.isdigit() else fold(spelling)
            if key and owner.setdefault(key, id_) != id_:
                yield (
                    f"{file}: Die Schreibweise »{spelling}« steht bei [{owner[key]}] und bei [{id_}]. "
                    "Sie darf nur eines bedeuten: streichen Sie sie an einer Stelle."
                )


def _bad_values(catalog: Catalog) -> Iterator[str]:
    yield from _bad_jobcenters(catalog)
    for indicator in catalog.indicators.values():
        yield from _bad_indicator(indicator.id, indicator.minimum, indicator.maximum, indicator.formula)


def _bad_jobcenters(catalog: Catalog) -> Iterator[str]:
    for entry in catalog.jobcenters.values():
        place = f"jobcenters.toml, Eintrag [{entry.id}]"
        for field, pattern, example in (
            ("colour", r"#[0-9a-f]{6}", "#007598"),
            ("ags", r"[0-9]{5}", "03353"),
            ("traegernummer", r"[0-9]{5}", "25104"),
            ("form", r"gE|zKT", "gE"),
        ):
            if not re.fullmatch(pattern, getattr(entry, field)):
                yield f"{place}: »{field}« ist »{getattr(entry, field)}«. Schreiben Sie es wie »{example}«."
    for field in ("colour", "marker"):
        for value, count in Counter(getattr(entry, field) for entry in catalog.jobcenters.values()).items():
            if count > 1:
                yield (
                    f"jobcenters.toml: »{field}« ist bei {count} Jobcentern »{value}«. "
                    "Wählen Sie für jedes einen eigenen Wert."
                )


def _bad_indicator(
    id_: str, minimum: float | None, maximum: float | None, formula: Formula | None
) -> Iterator[str]:
    place = f"{_INDICATORS}, Eintrag [{id_}]"
    if minimum is not None and maximum is not None and minimum >= maximum:
        yield f"{place}: »minimum« ist nicht kleiner als »maximum«. Vertauschen oder berichtigen Sie die Werte."
    if formula and formula.result not in ("ratio", "change"):
        yield f"{place}: »result« ist »{formula.result}«. Möglich sind ratio und change."
    for operand in _operands(formula):
        least = min(operand.lag, operand.last_day_within)
        if operand.aggregate not in ("sum", "mean") or operand.months < 1 or least < 0:
            yield (
                f"{place}: Der Operand »{operand.indicator}« ist unmöglich. "
                "»aggregate« ist sum oder mean, »months« mindestens 1, »lag« mindestens 0."
            )
