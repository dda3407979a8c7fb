"""Acts as the log keeps them: what was done with which extract, by whom and when."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from etl import log
from etl.draft import Draft


def act_on(number: int, made: Draft, outcome: str, who: str, reason: str) -> log.Entry:
    """Return the act of judging a draft."""
    return log.Entry(
        no=number,
        act=outcome,
        extract=made.extract.id,
        file_name=made.extract.file_name,
        who=who or _user(),
        at=_now(),
        format=made.format_id,
        received=made.received.isoformat(),
        rows=made.tidied.height if made.tidied else 0,
        reason=reason,
        counts=made.counts,
        problems=len(made.problems),
        format_version=made.saved.version if made.saved else "",
    )


def retraction(load: log.Entry, no: int, who: str, reason: str) -> log.Entry:
    """Return the act of taking a load back."""
    return replace(
        load, no=no, act=log.RETRACTED, who=who or _user(), at=_now(), reason=reason, counts=None, problems=0
    )


def next_number(acts: Iterable[log.Entry]) -> int:
    """Return the number of the act that follows others."""
    return max((entry.no for entry in acts), default=0) + 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user of that number
        return "unbekannt"
