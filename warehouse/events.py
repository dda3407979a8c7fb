"""What changes how a series is read: which events concern it, and where a break forbids to compute across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from warehouse.areas import Ask
from warehouse.catalog import Catalog, Event


def events_of(
    catalog: Catalog, events: Iterable[Event], indicators: Sequence[str], areas: Sequence[str]
) -> list[Event]:
    """Return the events that concern any of the indicators in any of the areas, by date."""
    found = [
        event
        for event in events
        if any(concerns(catalog, event, indicator) for indicator in indicators)
        and (not event.areas or set(event.areas) & set(areas))
    ]
    return sorted(found, key=lambda event: (event.start, event.name))


def loaded_events(rows: pl.DataFrame) -> list[Event]:
    """Return what loaded tables say (answer of the question `known_events`, EVENT columns) as events."""
    return [
        Event(
            id=f"geladen-{number}",
            name=row["title"],
            kind=row["kind"],
            start=row["start"],
            text=row["text"],
            source=row["source"],
            end=row["until"],
            indicators=tuple(filter(None, row["indicators"].split("|"))),
            areas=tuple(filter(None, [row["jobcenter"]])),
            breaks=row["breaks"],
        )
        for number, row in enumerate(rows.iter_rows(named=True), 1)
    ]


def all_events(catalog: Catalog, ask: Ask) -> tuple[Event, ...]:
    """Return all events: those of the catalog and those that loaded tables say."""
    return (*catalog.events.values(), *loaded_events(ask("known_events")))


def broken_between(
    catalog: Catalog, events: Iterable[Event], indicator: str, areas: Sequence[str], ends: tuple[date, date]
) -> frozenset[str]:
    """Return the areas for which a break of an indicator lies between two periods, told by their last days."""
    rows = pl.DataFrame({"jobcenter": list(areas)}, schema={"jobcenter": pl.String}).with_columns(
        indicator=pl.lit(indicator)
    )
    both = [rows.with_columns(period_end=pl.lit(end, dtype=pl.Date)) for end in ends]
    known = tuple(events)
    passed = [frame.select("jobcenter", n=segment(catalog, frame, known)) for frame in both]
    joined = passed[0].join(passed[1], on="jobcenter", suffix="_later")
    return frozenset(joined.filter(pl.col("n") != pl.col("n_later"))["jobcenter"])


def within(events: Iterable[Event], first: date, last: date) -> list[Event]:
    """Return the events that fall into a time: begun before its last day and not over before its first."""
    return [event for event in events if event.start <= last and (event.end or event.start) >= first]


def concerns(catalog: Catalog, event: Event, indicator: str) -> bool:
    """Tell whether an event concerns an indicator: named, of a named topic, or every one."""
    entry = catalog.indicator(indicator)
    if not event.indicators and not event.topics:
        return True
    return (entry.base_id or entry.id) in event.indicators or entry.topic in event.topics


def segment(catalog: Catalog, frame: pl.DataFrame, events: Iterable[Event]) -> pl.Expr:
    """Return how many breaks a series has behind it at the end of each period: other numbers are other quantities.

    `frame`: the rows the expression is for (jobcenter, indicator, period_end); of it only the indicators are looked at.
    """
    used = frame["indicator"].unique().to_list()
    passed = []
    for event in (each for each in events if each.breaks):
        own = [id_ for id_ in used if concerns(catalog, event, id_)]
        if own:
            where = pl.col("indicator").is_in(own) & (pl.col("period_end") >= event.start)
            passed.append(where & pl.col("jobcenter").is_in(event.areas) if event.areas else where)
    return pl.sum_horizontal(passed).cast(pl.Int64) if passed else pl.lit(0, dtype=pl.Int64)
