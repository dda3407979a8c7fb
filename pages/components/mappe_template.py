"""The design of the slides: the built-in template to take along, the office's own to bring in."""

from __future__ import annotations

import streamlit as st

from pages.components.html import plain
from pages.components.mappe_choice import attempt, say
from pages.reports.paint import ExportError
from pages.reports.template import opened, template
from warehouse.mappen import MappeError
from warehouse.slide_template import LARGEST, keep_template, kept_template, remove_template
from warehouse.snapshots import warehouse_folder

_KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def design() -> None:
    """Let a person bring in the office's own template, which all Mappen then use, or go back to the built-in one."""
    own = kept_template(warehouse_folder())
    with st.expander("Foliendesign: eigene Vorlage" if own else "Foliendesign: mitgelieferte Vorlage"):
        st.markdown(
            "In PowerPoint lassen sich Schrift, Farben, Logo und Plätze ändern (Ansicht → Folienmaster); "
            "die Namen der Layouts und Platzhalter bleiben. Die Vorlage gilt für alle Mappen."
        )
        with st.container(horizontal=True):
            st.download_button(
                "Mitgelieferte Vorlage herunterladen", template, "vorlage.pptx", _KIND, key="vorlage-laden", on_click="ignore"
            )  # fmt: skip
            if own:
                st.download_button(
                    "Eigene Vorlage herunterladen", own, "eigene-vorlage.pptx", _KIND, key="vorlage-eigene", on_click="ignore"
                )  # fmt: skip
                st.button("Eigene Vorlage entfernen", key="vorlage-weg", on_click=_remove)
        file = st.file_uploader("Eigene Vorlage (.pptx)", type=["pptx"], key="vorlage-datei")
        if (
            st.button("Als Vorlage verwenden", key="vorlage-nehmen", disabled=file is None)
            and file is not None
        ):
            _take(file.getvalue())


def _take(content: bytes) -> None:
    try:
        take_in(content)
    except MappeError as error:
        st.error(plain(f"Die Vorlage wurde nicht übernommen. {error}"))
        return
    say("Die eigene Vorlage gilt jetzt für alle Mappen.")
    st.rerun()


def take_in(content: bytes) -> None:
    """Keep a template that has all layouts and placeholders (MappeError names what is missing)."""
    if len(content) > LARGEST:
        raise MappeError(
            f"Die Datei ist größer als {LARGEST // 1_000_000} MB. Bilder in PowerPoint komprimieren."
        )
    try:
        opened(content)
        keep_template(warehouse_folder(), content)
    except (ExportError, OSError) as error:
        raise MappeError(str(error)) from error


def _remove() -> None:
    if attempt(lambda: remove_template(warehouse_folder())):
        say("Es gilt wieder die mitgelieferte Vorlage.")
