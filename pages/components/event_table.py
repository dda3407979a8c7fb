"""The events of catalog and deliveries as a table: what changes how series are read, since when, and who says so."""

from __future__ import annotations

import polars as pl

from pages.components import html, show
from pages.components.course_peers import areas
from pages.components.values import area_name
from pages.components.warehouse import catalog, every_event
from warehouse.areas import names_of
from warehouse.catalog import Event

_HEAD = ("Zeit", "Ereignis", "Betrifft", "Bedeutung")


def show_events() -> None:
    """Show all events by date, newest first; the same as downloads."""
    events = sorted(every_event(), key=lambda event: event.start, reverse=True)
    frame = pl.DataFrame(
        [
            {
                "Von": event.start,
                "Bis": event.end,
                "Ereignis": event.name,
                "Art": catalog().event_kinds[event.kind].name,
                "Betrifft": _concerned(event),
                "Bruch": "ja" if event.breaks else "nein",
                "Bedeutung": event.text,
                "Quelle": event.source,
            }
            for event in events
        ],
        schema_overrides={"Von": pl.Date, "Bis": pl.Date},
    )
    show.table(
        html.table(
            _HEAD,
            [_cells(event) for event in events],
            caption=f"{len(events)} Ereignisse, das neueste zuerst",
        ),
        frame,
        title="Ereignisse",
        notes={
            "Besonderheiten": "In Zeitreihen als nummerierte Linien und Flächen. Über einen Bruch wird keine Linie gezogen und "
            "nichts gerechnet. Örtliche Ereignisse lädt man als Tabelle (Daten laden, Format »Ereignisse«)."
        },
        key="ereignisse",
    )


def _cells(event: Event) -> list[html.Html]:
    dated = f"{event.start:%d.%m.%Y}" + (f" bis {event.end:%d.%m.%Y}" if event.end else "")
    kind = catalog().event_kinds[event.kind]
    return [
        html.text(dated),
        html.stacked(
            html.text(event.name),
            html.muted(kind.name),
            html.badge("Bruch", "Davor und danach ist nicht dasselbe gezählt.")
            if event.breaks
            else html.EMPTY,
        ),
        html.text(_concerned(event)),
        html.stacked(html.text(event.text), html.muted(event.source)),
    ]


def _concerned(event: Event) -> str:
    known, names = catalog(), names_of(areas())
    what = [known.topics[topic].name for topic in event.topics]
    what += [known.indicators[id_].code or known.indicators[id_].name for id_ in event.indicators]
    whom = [area_name(id_, names) for id_ in event.areas]
    return "; ".join([", ".join(what) or "alle Kennzahlen", *([", ".join(whom)] if whom else [])])
