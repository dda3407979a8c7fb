"""Auffälligkeiten: the few figures of one Jobcenter that stand out in its group, each with the rule that fired."""

import streamlit as st

from pages.charts.spines import spine
from pages.components import choose, html, peers, show, signal_rows, standing_rows
from pages.components.warehouse import catalog
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.comparators import comparators
from warehouse.signals import FAVOURABLE, UNFAVOURABLE, Signal
from warehouse.standing import Standing
from warehouse.standing_words import month_of

QUESTION = "Was fällt auf?"

known = catalog()
names = peers.names()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose.any_jobcenter(names_of(of_level(peers.areas(), JOBCENTER)))
    groups = comparators(known, peers.saved_groups()[0])
    comparator = choose.one_of("Vergleichsgruppe", groups, key="vergleichsgruppe")
    group_label = next(name for name, id_ in groups.items() if id_ == comparator)
    choose.link_here("auffaelligkeiten", jobcenter=names[area], vergleichsgruppe=group_label)


def answer(found: list[Signal], looked_at: list[Standing]) -> str:
    """Say how much stands out, favourable and unfavourable, among figures of which time."""
    if not looked_at:
        return f"Für {names[area]} gibt es in dieser Gruppe noch nichts zu vergleichen."
    ends = sorted({(each.at.end, month_of(each)) for each in looked_at})
    time = ends[0][1] if len(ends) == 1 else f"{ends[0][1]} bis {ends[-1][1]}"
    counted = f"{'1 Kennzahl' if len(looked_at) == 1 else f'{len(looked_at)} Kennzahlen'} ({time})"
    if not found:
        whose = f"von {names[area]} fällt in der Gruppe »{looked_at[0].group.name}«"
        return f"Von {counted} {whose} keine auf: Nach den Regeln unten ist nichts ungewöhnlich."
    good, bad = (sum(each.judgement == word for each in found) for word in (FAVOURABLE, UNFAVOURABLE))
    rest = len(found) - good - bad
    parts = [f"{good} günstig", f"{bad} ungünstig", f"{rest} ohne Wertung"]
    noun = "Auffälligkeit" if len(found) == 1 else "Auffälligkeiten"
    return f"{names[area]}: {len(found)} {noun} unter {counted} – {', '.join(parts)}."


figures = signal_rows.figures(area, comparator)
found = signal_rows.found(area, comparator)
shown = int(known.statistics["signals_shown"].value)
with top:
    show.head(QUESTION, answer(found, [now for now, _ in figures]))
for number, signal in enumerate(found[:shown]):
    signal_rows.card(signal, names, group_label, key=f"auffaellig-{number}")
if found[shown:]:
    with st.expander(f"{len(found) - shown} weitere, schwächere"):
        for number, signal in enumerate(found[shown:], shown):
            signal_rows.card(signal, names, group_label, key=f"auffaellig-{number}")
standings = {
    (each.standing.at.indicator, each.standing.at.breakdown): each.standing
    for each in found[:shown]
    if each.standing.spread and not known.unit(each.standing.at.indicator).is_count
}
if standings:
    first = next(iter(standings.values()))
    drawn = spine(
        known, list(standings.values()), names, title=f"{names[area]}: auffällige Quoten auf der Skala der Gruppe",
        subtitle=first.group.name, level=peers.offer(first.at.indicator, first.at.breakdown).level,
    )  # fmt: skip
    show.chart(drawn, key="auffaellig")
    show.reading(standing_rows.spine_reading(known, first))
if found:
    notes = signal_rows.notes(found)
    st.header("Alle Auffälligkeiten als Tabelle")
    show.footnotes(notes)
    show.twin(
        signal_rows.table(found, names),
        title=f"Auffälligkeiten {names[area]}",
        notes=notes,
        key="auffaellig-tabelle",
    )
elif not figures:
    standing_rows.to_loading(signal_rows.what_is_missing(area, comparator, names))
with st.expander("Nach welchen Regeln etwas auffällt"):
    rows: list[list[html.Html] | html.Section] = [
        [html.text(rule.name), html.text(rule.description), html.text(rule.noise)]
        for rule in known.signals.values()
    ]
    st.html(
        html.table(
            ["Regel", "meldet sich, wenn", "und kein Zufall ist, weil"],
            rows,
            caption="Günstiges zählt wie Ungünstiges. Bestände (etwa Personen) fallen nur durch ihre Bewegung auf.",
        ).text
    )
