"""The controls of the assistant: each begins with a proposal and keeps what was chosen, also while its card is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from pages.components import html
from pages.components.inbox import Assignment
from pages.components.warehouse import catalog

NOTHING = ""


class Form:
    """Controls of one assignment; the key of each is its name behind a prefix of the file."""

    def __init__(self, number: int, assignment: Assignment) -> None:
        self.prefix, self.chosen, self.guesses = f"zu-{number}", assignment.chosen, assignment.guesses

    def select(
        self,
        label: str,
        options: Sequence[str],
        name: str,
        *,
        proposed: str = NOTHING,
        shown: Callable[[str], str] = str,
        above: html.Html | None = None,
    ) -> str:
        """Let a person choose one of the options. `above`: what is seen instead of the label, which is then only read out."""
        if above:
            st.html(above.text)
        before = self.chosen.get(name, proposed)
        index = options.index(before) if before in options else 0
        chosen = st.selectbox(
            label if above else html.plain(label),
            options,
            index=index,
            key=f"{self.prefix}-{name}",
            format_func=shown,
            label_visibility="collapsed" if above else "visible",
        )
        self.chosen[name] = chosen
        return str(chosen)

    def several(
        self,
        label: str,
        options: Sequence[str],
        name: str,
        *,
        proposed: Iterable[str],
        shown: Callable[[str], str],
    ) -> list[str]:
        """Let a person choose any number of the options."""
        before = [each for each in self.chosen.get(name, proposed) if each in options]
        chosen: list[str] = st.multiselect(
            html.plain(label),
            options,
            default=before,
            key=f"{self.prefix}-{name}",
            format_func=shown,
            placeholder="Insgesamt",
        )
        self.chosen[name] = chosen
        return chosen

    def number(self, label: str, name: str, *, proposed: int, most: int) -> int:
        """Let a person name a row."""
        before = min(max(int(self.chosen.get(name, proposed)), 1), most)
        chosen = int(st.number_input(label, 1, most, before, key=f"{self.prefix}-{name}"))
        self.chosen[name] = chosen
        return chosen

    def text(self, label: str, name: str, *, proposed: str = "", placeholder: str = "") -> str:
        """Let a person write something."""
        before = str(self.chosen.get(name, proposed))
        chosen = st.text_input(
            label, before, key=f"{self.prefix}-{name}", max_chars=100, placeholder=placeholder or None
        )
        self.chosen[name] = chosen or ""
        return (chosen or "").strip()

    def now(self, name: str) -> str:
        """Return what stands in a field further down the page."""
        return str(st.session_state.get(f"{self.prefix}-{name}", self.chosen.get(name, ""))).strip()

    def switch(self, label: str, name: str, *, proposed: bool) -> bool:
        """Let a person switch something on."""
        chosen = st.checkbox(
            html.plain(label), bool(self.chosen.get(name, proposed)), key=f"{self.prefix}-{name}"
        )
        self.chosen[name] = chosen
        return chosen

    def quantity(
        self,
        label: str,
        name: str,
        *,
        proposed: str,
        nothing: str,
        options: Sequence[str] = (),
        above: html.Html | None = None,
    ) -> str:
        """Let a person choose a Kennzahl, or one of the further options."""
        known = catalog()
        ids = [NOTHING, *options, *sorted(known.indicator_ids, key=lambda id_: known.indicator(id_).label)]
        names = {NOTHING: nothing, LEFT_OUT: "Zeilen nicht lesen"}
        return self.select(
            label,
            ids,
            name,
            proposed=proposed,
            shown=lambda id_: names.get(id_) or known.indicator(id_).label,
            above=above,
        )

    def breakdown(self, label: str, name: str, *, proposed: str) -> str:
        """Let a person choose the parts of the whole that values count; return them as the Langformat joins them."""
        known = catalog()
        ids = sorted(known.breakdowns, key=known.breakdown_name)
        parts = self.several(label, ids, name, proposed=proposed.split("+"), shown=known.breakdown_name)
        return "+".join(sorted(parts))


LEFT_OUT = "-"
"""The option for words whose rows are not read."""
