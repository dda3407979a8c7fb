"""What becomes of a delivered file: its draft against what is known, and whether it is loaded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl import log
from etl.draft import Draft, Reader, draft, understand
from etl.extract import Extract
from etl.problem import Problem, problem
from etl.synthetic.apart import kept_apart
from warehouse.catalog import Catalog, load_catalog


@dataclass(frozen=True)
class Offer:
    """A delivered file that is to be loaded.

    `accept_warnings`: the reason for which its warnings are accepted, those in `seen` where these are named: what has come
    up since is not accepted by it; `reason`: what a person says of it where nothing has to be accepted.
    """

    extract: Extract
    accept_warnings: str = ""
    seen: Collection[Problem] | None = None
    reason: str = ""

    def outcome(self, made: Draft) -> str:
        """Return what becomes of this file once it is drafted: rejected, unchanged, needs_confirmation or loaded."""
        expected = expected_outcome(made)
        if expected != log.UNCONFIRMED or (made.must_confirm and not self._accepts(made)):
            return expected
        return log.LOADED

    def reason_for(self, made: Draft) -> str:
        """Return the reason that the log keeps."""
        return (self.accept_warnings if made.must_confirm else self.reason).strip()

    def _accepts(self, made: Draft) -> bool:
        is_seen = self.seen is None or all(
            found in self.seen for found in made.problems if found.must_confirm
        )
        return is_seen and bool(self.accept_warnings.strip())


@dataclass(frozen=True)
class Report:
    """What came of one delivered file. `outcome`: loaded, unchanged, rejected or needs_confirmation."""

    file: str
    outcome: str
    extract: str
    counts: dict[str, int]
    problems: list[Problem]

    @classmethod
    def of(cls, made: Draft, outcome: str) -> Report:
        """Return the report on a draft."""
        return cls(made.extract.file_name, outcome, made.extract.id, made.counts, made.problems)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "extract_id": self.extract,
            "counts": self.counts,
            "problems": [found.as_dict() for found in self.problems],
        }


def check_extract(folder: Path, extract: Extract, *, today: date | None = None) -> Report:
    """Say what loading an extract would do; a good one that changes something "needs_confirmation". Writes
    nothing."""
    made = drafted(folder, extract, load_catalog(), today)
    return Report.of(made, expected_outcome(made))


def expected_outcome(made: Draft) -> str:
    """Return what loading a draft would come to; one that changes something "needs_confirmation"."""
    return log.REJECTED if made.is_rejected else log.UNCHANGED if made.changes_nothing else log.UNCONFIRMED


def drafted(
    folder: Path,
    extract: Extract,
    catalog: Catalog,
    today: date | None = None,
    read: Reader = understand,
    *,
    filling: duckdb.DuckDBPyConnection | None = None,
    acts: Sequence[log.Entry] = (),
) -> Draft:
    """Draft an extract; one that is loaded already, to the byte, changes nothing and says who loaded it when.

    `filling`, `acts`: what fills the next snapshot, and the acts in it that are not in the log yet; they are known, too.
    """
    received = today or date.today()
    made = kept_apart(folder, draft(folder, extract, catalog, received, read, filling), catalog)
    loads = log.active([*log.read_log(folder), *acts])
    before = next((load for load in loads if load.extract == extract.id), None)
    if before is None or made.is_rejected:
        return made
    when = f"am {before.when:%d.%m.%Y um %H:%M} Uhr (UTC) von {before.who} als »{before.file_name}«"
    noted = problem("already_loaded", file=extract.file_name, found=when)
    rows = sum(made.counts[name] for name in ("new", "revised", "unchanged"))
    counts = {**dict.fromkeys(made.counts, 0), "unchanged": rows, "skipped": made.counts["skipped"]}
    own = [found for found in made.problems if found.code not in ("older", "other_source")]
    return replace(
        made,
        changes=False,
        counts=counts,
        listed=made.listed.clear(),
        sums=made.sums.clear(),
        entries=made.entries.clear(),
        problems=[noted, *own],
    )
