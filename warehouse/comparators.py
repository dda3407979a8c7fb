"""With whom a Jobcenter is held together: one function that returns a Group, whichever comparator it is.

Comparators are declared in catalog/comparators.toml; own groups stand beside them. Membership is never guessed: where no
list is loaded the group has no members and says why, and which delivery would fill it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from warehouse.areas import JOBCENTER, ids, names_of, of_level
from warehouse.catalog import OWN_CALCULATION, Catalog, Comparator
from warehouse.likeness import STRUCTURE, Likeness, most_alike
from warehouse.memberships import forms_on, types_on
from warehouse.own_groups import OwnGroup
from warehouse.schema import MEMBERSHIP

ASSIGNMENT = "Eine Liste »Zuordnung zu Vergleichstypen« füllt die Lücke (Daten laden)."
FORMS = "Die Spalte »traegerform« in der Liste »Zuordnung zu Vergleichstypen« füllt die Lücke (Daten laden)."
STRUCTURE_TABLES = (
    "Monatszahlen der Bundesagentur für Arbeit mit allen Jobcentern füllen die Lücke (Daten laden)."
)
LEVELS = {JOBCENTER: "Jobcenter", "kreis": "Kreise"}


@dataclass(frozen=True)
class Known:
    """What groups are made from, as of one state. `areas`: EVERY_AREA; `memberships`: answer of `known_memberships`;
    `structure`: STRUCTURE (only for the most alike); `saved`: own groups; `today`: the day that "heutige" means."""

    areas: pl.DataFrame
    memberships: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MEMBERSHIP))
    structure: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STRUCTURE))
    saved: tuple[OwnGroup, ...] = ()
    today: date = field(default_factory=date.today)
    _told: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def of_level(self, level: str) -> pl.DataFrame:
        """Return the areas of a level."""
        return self._once(("level", level), lambda: of_level(self.areas, level))

    def types_on(self, catalog: Catalog, on: date) -> pl.DataFrame:
        """Return the Vergleichstypen valid on a day (answer of `memberships.types_on`)."""
        return self._once(("types", on), lambda: types_on(catalog, self.memberships, on))

    def _once(self, what: object, answer: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """Answer what all groups ask again and again from memory; frames are never changed in place."""
        if what not in self._told:
            self._told[what] = answer()
        found: pl.DataFrame = self._told[what]
        return found


@dataclass(frozen=True)
class Group:
    """Those one is held together with. `members`: ids of areas, the own one included, sorted; without members `reason`
    says in German why, and `remedy` what would fill it. `changed`: names of members whose Vergleichstyp differs between
    the month and today, with both types. `notes`: what must be said beside it."""

    comparator: str
    name: str
    members: tuple[str, ...]
    valid_on: date
    edition: str = ""
    source: str = ""
    own_calculation: bool = False
    reason: str = ""
    remedy: str = ""
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    likeness: Likeness | None = None

    @property
    def size(self) -> int:
        """Return how many areas belong to the group, the own one included."""
        return len(self.members)


@dataclass(frozen=True)
class _Asked:
    catalog: Catalog
    known: Known
    entry: Comparator
    area: str
    on: date
    level: str

    @property
    def areas(self) -> pl.DataFrame:
        return self.known.of_level(self.level)

    def group(self, name: str, members: tuple[str, ...] = (), **said: object) -> Group:
        return Group(self.entry.id, name, members, self.on, own_calculation=self.entry.own, **said)  # type: ignore[arg-type]


def comparators(catalog: Catalog, saved: tuple[OwnGroup, ...] = ()) -> dict[str, str]:
    """Return every comparator in its order, own groups last: German name → id (`gruppe:<name>` for own groups)."""
    declared = {entry.name: id_ for id_, entry in catalog.comparators.items()}
    return declared | {group.name: f"gruppe:{group.name}" for group in saved}


def group_of(
    catalog: Catalog, known: Known, comparator: str, area: str, on: date, *, level: str = JOBCENTER
) -> Group:
    """Return the group of an area under a comparator, valid on a day (the last one of the period compared).

    `level`: whether values of Jobcenter or of Kreise are compared; never both in one group.
    """
    if comparator.startswith("gruppe:"):
        return _saved(known, comparator, area, on, level)
    asked = _Asked(catalog, known, catalog.comparators[comparator], area, on, level)
    if area not in set(asked.areas["id"]):
        return asked.group(asked.entry.name, reason=_elsewhere(asked))
    group = _RULES[asked.entry.rule](asked)
    if group.members or group.reason:
        return group
    return asked.group(group.name, reason=f"Für diese Vergleichsgruppe sind keine {LEVELS[level]} bekannt.")


def _elsewhere(asked: _Asked) -> str:
    """Say that values of this quantity are of another level than the chosen area, or of another time."""
    if asked.level != JOBCENTER:
        there = f"Diese Kennzahl liegt für {LEVELS[asked.level]} vor"
        return f"{there}; welches Gebiet {_name(asked)} entspricht, sagt keine Lieferung."
    return "Für diesen Zeitraum ist das gewählte Gebiet nicht bekannt."


def _type(asked: _Asked) -> Group:
    return _of_type(asked, asked.on)


def _type_today(asked: _Asked) -> Group:
    return _of_type(asked, asked.known.today)


def _of_type(asked: _Asked, on: date) -> Group:
    if asked.level != JOBCENTER:
        return asked.group(
            asked.entry.name,
            reason="Vergleichstypen gelten für Jobcenter; diese Kennzahl liegt für Kreise vor.",
        )
    assigned = asked.known.types_on(asked.catalog, on)
    own = assigned.filter(pl.col("jobcenter") == asked.area)
    if own.is_empty():
        return asked.group(asked.entry.name, reason=_unassigned(asked, on), remedy=ASSIGNMENT)
    if own["type"][0] is None:
        reason = "Mehrere Quellen nennen verschiedene Vergleichstypen; keiner davon wird geraten."
        return asked.group(
            asked.entry.name, reason=reason, remedy="Nehmen Sie eine der Listen zurück (Daten laden)."
        )
    type_, edition, source = own.select("type", "edition", "source").row(0)
    name = f"Vergleichstyp {type_}" + (" (heutige Einteilung)" if asked.entry.rule == "type_today" else "")
    same = assigned.filter(pl.col("type") == type_)
    members = tuple(sorted(set(same["jobcenter"]) & set(asked.areas["id"])))
    if len(members) < 2:
        reason = f"Für {name} ist nur dieses Jobcenter hinterlegt; wer sonst dazugehört, ist nicht geladen."
        return asked.group(name, reason=reason, remedy=ASSIGNMENT, edition=edition, source=source)
    return asked.group(
        name, members, edition=edition, source=source, changed=_changed(asked, on, type_), notes=_not_named(asked, assigned, same)
    )  # fmt: skip


def _unassigned(asked: _Asked, on: date) -> str:
    later = asked.known.types_on(asked.catalog, date.max).filter(pl.col("jobcenter") == asked.area)
    if later.height:
        since = later["valid_from"][0]
        return f"Für diesen Zeitraum ist kein Vergleichstyp hinterlegt; die hinterlegte Zuordnung gilt erst ab {since:%d.%m.%Y}."
    return f"Der Vergleichstyp ist nicht hinterlegt (gesucht: gültig am {on:%d.%m.%Y})."


def _changed(asked: _Asked, on: date, type_: str) -> tuple[str, ...]:
    """Name those who have this type on one of the two days only: the day compared and today."""
    other_day = asked.on if on != asked.on else asked.known.today
    now, other = (dict(_types(asked, day)) for day in (on, other_day))
    names = names_of(asked.areas)
    moved = [
        id_
        for id_ in {*now, *other}
        if now.get(id_) != other.get(id_) and type_ in (now.get(id_), other.get(id_))
    ]
    told = (
        (names[id_], now.get(id_), other.get(id_))
        for id_ in sorted(moved, key=lambda id_: names.get(id_, ""))
        if id_ in names
    )
    word = "heute" if on == asked.on else f"am {asked.on:%d.%m.%Y}"
    return tuple(f"{name}: {one or 'keiner'}, {word} {two or 'keiner'}" for name, one, two in told)


def _types(asked: _Asked, on: date) -> list[tuple[str, str]]:
    return asked.known.types_on(asked.catalog, on).select("jobcenter", "type").rows()


def _not_named(asked: _Asked, assigned: pl.DataFrame, same: pl.DataFrame) -> tuple[str, ...]:
    contradicted = assigned.filter(pl.col("type").is_null()).height
    several = sorted(set(same["edition"]))
    open_ = len(set(asked.areas["id"]) - set(assigned["jobcenter"]))
    said = {
        f"Für {open_} Jobcenter ist kein Vergleichstyp hinterlegt.": open_,
        f"Bei {contradicted} Jobcentern widersprechen sich die Quellen; sie gehören zu keiner Gruppe.": contradicted,
        f"Die Zuordnungen stammen aus mehreren Fassungen ({', '.join(several)}).": len(several) > 1,
    }
    return tuple(text for text, holds in said.items() if holds)


def _same(asked: _Asked) -> Group:
    column = asked.entry.column
    own = asked.areas.filter(pl.col("id") == asked.area)
    value = own[column][0] if own.height else ""
    if not value:
        reason = f"Zu welchem Land {_name(asked)} gehört, sagt keine Lieferung."
        remedy = "Die Monatszahlen der Bundesagentur für Arbeit mit allen Jobcentern unter ihrem Land füllen die Lücke."
        return asked.group(asked.entry.name, reason=reason, remedy=remedy)
    unknown = asked.areas.filter(pl.col(column) == "").height
    notes = (f"Bei {unknown} {LEVELS[asked.level]}n ist das Land nicht bekannt.",) if unknown else ()
    members = ids(asked.areas.filter(pl.col(column) == value))
    return asked.group(asked.catalog.regions[value].name, members, notes=notes)


def _all(asked: _Asked) -> Group:
    return asked.group(asked.entry.name, ids(asked.areas))


def _ours(asked: _Asked) -> Group:
    """Return the Jobcenter of the catalog; one beyond them is named beside them, so that name and number agree."""
    ours = {*asked.catalog.jobcenters} & {*asked.areas["id"]}
    members = tuple(sorted({*ours, asked.area}))
    joined = "" if asked.area in ours else f" und {_name(asked)}"
    types = {type_ for id_, type_ in _types(asked, asked.on) if id_ in members}
    differ = ("Unterschiedliche Vergleichstypen.",) if len(types) > 1 else ()
    return asked.group(asked.entry.name + joined, members, notes=differ)


def _form(asked: _Asked) -> Group:
    if asked.level != JOBCENTER:
        return asked.group(
            asked.entry.name, reason="Die Trägerform gilt für Jobcenter; diese Kennzahl liegt für Kreise vor."
        )
    forms = forms_on(asked.catalog, asked.known.memberships, asked.on)
    own = forms.get(asked.area)
    if own is None:
        reason = f"Die Trägerform von {_name(asked)} ist nicht hinterlegt."
        return asked.group(asked.entry.name, reason=reason, remedy=FORMS)
    every = asked.areas["id"].to_list()
    if not any(id_ in forms for id_ in every if id_ not in asked.catalog.jobcenters):
        return asked.group(
            f"{asked.entry.name} {asked.catalog.forms[own].short}",
            reason="Die Trägerform ist nur für die Jobcenter dieses Werkzeugs hinterlegt, nicht für die übrigen.",
            remedy=FORMS,
        )
    members = tuple(sorted(id_ for id_ in every if forms.get(id_) == own))
    unknown = sum(id_ not in forms for id_ in every)
    notes = (f"Für {unknown} Jobcenter ist die Trägerform nicht hinterlegt.",) if unknown else ()
    form = asked.catalog.forms[own]
    return asked.group(f"{asked.entry.name} {form.short}", members, notes=notes)


def _alike(asked: _Asked) -> Group:
    found = most_alike(asked.catalog, asked.known.structure, asked.area, asked.areas.height)
    variables = asked.catalog.variables
    if not found.neighbours:
        number, least = len(found.used), asked.catalog.method.least
        reason = f"Nur {number} von {len(variables)} Strukturmerkmalen liegen für diese Gebiete vor; nötig sind {least}."
        return asked.group(asked.entry.name, reason=reason, remedy=STRUCTURE_TABLES)
    named = ", ".join(f"{variables[id_].name} ({period})" for id_, period in found.used.items())
    notes = [f"Ähnlichkeit nach: {named}."]
    if found.dropped:
        notes.append(
            f"Nicht verwendet: {', '.join(f'{variables[id_].name} ({why})' for id_, why in found.dropped.items())}."
        )
    if found.excluded:
        notes.append(f"{found.excluded} {LEVELS[asked.level]} ohne alle Merkmale stehen nicht zur Wahl.")
    members = tuple(sorted((asked.area, *found.neighbours)))
    return asked.group(asked.entry.name, members, source=OWN_CALCULATION, notes=tuple(notes), likeness=found)


def _saved(known: Known, comparator: str, area: str, on: date, level: str) -> Group:
    name = comparator.removeprefix("gruppe:")
    group = next((each for each in known.saved if each.name == name), None)
    if group is None:
        return Group(comparator, name, (), on, reason=f"Eine eigene Gruppe »{name}« gibt es nicht.")
    there = set(of_level(known.areas, level)["id"])
    members = tuple(sorted({*group.members, area} & there))
    gone = len(set(group.members) - there)
    notes = [f"{gone} Mitglieder haben für diese Kennzahl keine Angaben ({LEVELS[level]})."] if gone else []
    if area not in group.members:
        notes.append("Das gewählte Jobcenter ist hinzugenommen.")
    reason = "" if members else "Kein Mitglied dieser Gruppe ist bekannt."
    source = f"eigene Gruppe, gespeichert von {group.who}" if group.who else "eigene Gruppe"
    return Group(comparator, name, members, on, source=source, reason=reason, notes=tuple(notes))


def _name(asked: _Asked) -> str:
    return names_of(asked.known.areas).get(asked.area, asked.area)


_RULES: Mapping[str, Callable[[_Asked], Group]] = {
    "type": _type,
    "type_today": _type_today,
    "same": _same,
    "all": _all,
    "catalog": _ours,
    "form": _form,
    "alike": _alike,
}
