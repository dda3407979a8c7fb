"""Several delivered files on their way into one publication, each with an act of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import log
from etl.acts import act_on, next_number
from etl.draft import Draft, Reader
from etl.extract import Extract, keep
from etl.problem import problem
from etl.published import Load
from etl.saved import Saved, keep_version
from etl.verdict import Offer, Report, drafted
from warehouse.catalog import Catalog


class Batch:
    """Offers on their way into one publication: judged one after the other, each against what those before it bring."""

    def __init__(
        self,
        folder: Path,
        offers: Iterable[Offer],
        catalog: Catalog,
        who: str,
        today: date | None,
        read: Reader,
    ) -> None:
        self.folder, self.offers, self.catalog = folder, iter(offers), catalog
        self.who, self.today, self.read = who, today, read
        self.before = log.read_log(folder)
        self.acts: list[log.Entry] = []
        self.reports: list[Report] = []
        self._next: Load | None = None

    def has_loads(self) -> bool:
        """Judge offers until one is to be loaded; tell whether there is one."""
        self._next = self._next_load(None)
        return self._next is not None

    def loads(self, filling: DuckDBPyConnection) -> Iterator[Load]:
        """Yield, one by one, everything that is to be added to a snapshot; what is yielded is kept."""
        while self._next:
            made, entry = self._next
            self._next = None
            keep(self.folder, made.extract)
            if made.saved:
                keep_version(self.folder, made.saved)
            made = replace(made, extract=made.extract.without_content())  # it is kept, and may be very large
            yield made, entry
            del made  # the next one needs the memory
            self._next = self._next_load(filling)

    def _next_load(self, filling: DuckDBPyConnection | None) -> Load | None:
        loaded = {load.extract for load in log.active(self.before)}
        for offer in self.offers:
            if offer.extract.id in loaded:
                keep(self.folder, offer.extract)  # delivered again, it heals what was lost or damaged
            made = self._drafted(offer, filling)
            outcome = offer.outcome(made)
            number = next_number([*self.before, *self.acts])
            entry = act_on(number, made, outcome, self.who, offer.reason_for(made))
            self.acts.append(entry)
            self.reports.append(Report.of(made, outcome))
            if outcome == log.LOADED:
                return made, entry
        return None

    @contextmanager
    def logged(self) -> Iterator[None]:
        """Write all acts into the log at once; inside, they are true."""
        with log.writing(self.folder, *self.acts):
            yield

    def _drafted(self, offer: Offer, filling: DuckDBPyConnection | None) -> Draft:
        return drafted(
            self.folder,
            offer.extract,
            self.catalog,
            self.today,
            self._understood,
            filling=filling,
            acts=self.acts,
        )

    def _understood(self, extract: Extract, catalog: Catalog, received: date, saved: Saved) -> Draft:
        try:
            return self.read(extract, catalog, received, saved)
        except Exception:  # one bad file does not stop the others
            logging.getLogger(__name__).exception("Lieferung nicht gelesen: %s", extract.id)
            return Draft(extract, received, problems=[problem("unforeseen", file=extract.file_name)])
