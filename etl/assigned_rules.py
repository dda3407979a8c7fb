"""What a saved format has to keep to, beyond the types of its fields: every sentence names the place and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from etl.assigned import ASKED, DIMENSIONS, SAID_ONCE, Assigned
from etl.assigned_areas import area_of
from etl.formats import Format
from etl.lexicon import Lexicon
from warehouse.periods import parse_period
from warehouse.spelling import fold

MOST_HEADERS, MOST_BELOW = 8, 20
TITLES = ("jobcenter", "zeitraum", "datenstand")


def broken_rules(format_: Format, assigned: Assigned, lexicon: Lexicon) -> Iterator[str]:
    """Yield a German half-sentence for every rule that a format breaks."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", format_.id) or len(format_.id) > 60:
        yield f"id: »{format_.id}« ist keine Kennung. Erlaubt sind kleine Buchstaben, Ziffern und Bindestriche dazwischen."
    if not format_.name.strip():
        yield "name: Der Name fehlt. Geben Sie dem Format einen."
    yield from _sheet(assigned)
    yield from _columns(assigned)
    yield from _said_twice(format_.given, assigned)
    yield from _lacking(format_.given, assigned)
    yield from _unknown(format_.given, assigned, lexicon)


def _sheet(assigned: Assigned) -> Iterator[str]:
    if not 1 <= assigned.headers <= MOST_HEADERS:
        yield f"[sheet], headers: {assigned.headers} Kopfzeilen. Möglich sind 1 bis {MOST_HEADERS}."
    if not 0 <= assigned.below <= MOST_BELOW:
        yield f"[sheet], below: {assigned.below} Zeilen unter dem Kopf. Möglich sind 0 bis {MOST_BELOW}."
    patterns = [("[sheet], ends", assigned.ends, 0)]
    patterns += [(f"[[titles]], »{each.column}«", each.pattern, 1) for each in assigned.titles]
    for place, pattern, groups in patterns:
        try:
            if re.compile(pattern).groups < groups:
                yield f"{place}: Dem Muster fehlt eine Klammer um das, was gelesen wird, etwa '^stand: (.+)$'."
        except re.error as error:
            yield f"{place}: »{pattern}« ist kein reguläres Muster ({error}). Berichtigen Sie es."


def _columns(assigned: Assigned) -> Iterator[str]:
    if not assigned.values:
        yield "[[values]]: Keine Spalte mit Werten ist angegeben. Nennen Sie mindestens eine."
    for name in _repeated([each.name for each in assigned.columns] + [each.name for each in assigned.values]):
        yield f"Die Spalte »{name}« ist mehrfach angegeben. Lassen Sie nur eine Bedeutung stehen."
    for each in assigned.columns:
        if each.read_as not in DIMENSIONS:
            yield f"[[columns]], »{each.name}«: »{each.read_as}« gibt es nicht. Möglich: {', '.join(DIMENSIONS)}."
    for title in assigned.titles:
        if title.column not in TITLES:
            yield f"[[titles]]: »{title.column}« gibt es nicht. Möglich: {', '.join(TITLES)}."
    for name in assigned.asked:
        if name not in ASKED:
            yield f"asked: »{name}« gibt es nicht. Möglich: {', '.join(ASKED)}."


def _said_twice(given: Mapping[str, str], assigned: Assigned) -> Iterator[str]:
    said = [each.read_as for each in assigned.columns] + [each.column for each in assigned.titles]
    said += ["zeitraum"] if "jahr" in said else []
    said += [name for name in given if name != "merkmal"] + list(assigned.asked)
    for name in _repeated(said):
        title = DIMENSIONS.get(name, name)
        yield f"»{title}« ist mehrfach angegeben. Lassen Sie nur eine Spalte oder Angabe dafür stehen."
    if "monat" in said and "jahr" not in said:
        yield "Zum Monat fehlt das Jahr. Ordnen Sie auch dessen Spalte zu, oder lesen Sie die Spalte als Zeitraum."


def _lacking(given: Mapping[str, str], assigned: Assigned) -> Iterator[str]:
    if not assigned.says("jobcenter") and not given.get("jobcenter"):
        yield "Das Jobcenter fehlt. Nennen Sie die Spalte, die Zeile über der Tabelle oder eines für alle Zeilen."
    by_row = assigned.says("kennzahl") or given.get("kennzahl")
    without = [each.name or "Zeiträume" for each in assigned.values if not each.kennzahl and not by_row]
    if without:
        yield f"Die Kennzahl fehlt: {', '.join(without)}. Nennen Sie sie je Spalte oder eine für alle Werte."


def _unknown(given: Mapping[str, str], assigned: Assigned, lexicon: Lexicon) -> Iterator[str]:
    for name, text in given.items():
        if name not in SAID_ONCE:
            yield f"[given]: »{name}« gibt es nicht. Möglich: {', '.join(SAID_ONCE)}."
        elif text and not understood(name, text, lexicon):
            yield f"[given], {name}: »{text}« ist nicht bekannt."
    for value in assigned.values:
        for name in ("kennzahl", "merkmal", "einheit", "art"):
            text = getattr(value, name)
            if text and not understood(name, text, lexicon):
                yield f"[[values]], »{value.name}«, {name}: »{text}« ist nicht bekannt."
    columns = {each.read_as for each in assigned.columns}
    for word in assigned.words:
        if word.column not in columns:
            yield f"[[words]], »{word.text}«: Eine Spalte »{word.column}« wird nicht gelesen. Entfernen Sie den Eintrag."
        beyond = area_of(word)
        if beyond and not beyond.name:
            yield f"[[words]], »{word.text}«, name: Der Name von {beyond.id} fehlt. Tragen Sie den amtlichen ein."
        for name, text in ((word.column, "" if beyond else word.means), ("merkmal", word.merkmal)):
            if text and not understood(name, text, lexicon):
                yield f"[[words]], »{word.text}«: »{text}« ist nicht bekannt."
    for file in assigned.files:
        for name in ASKED:
            text = getattr(file, name)
            if text and parse_period(text) is None:
                yield f"[[files]], »{file.name}«, {name}: »{text}« ist kein Zeitraum. Schreiben Sie ihn wie 2019-06."


def understood(column: str, text: str, lexicon: Lexicon) -> bool:
    """Tell whether a word means something in a column of the Langformat."""
    if column == "jobcenter":
        return lexicon.area(text) is not None
    if column == "kennzahl":
        return fold(text) in lexicon.indicators
    if column == "merkmal":
        return lexicon.breakdown(text) is not None
    if column in ("zeitraum", "datenstand"):
        return parse_period(text) is not None
    return column not in lexicon.words or fold(text) in lexicon.words[column]


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
