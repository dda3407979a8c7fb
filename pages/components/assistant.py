"""The assistant: a file of no known format is shown as delivered, a person says what is what, the result stands beneath at once.

Everything is a proposal until it is saved as a format; saved, the file takes the same road as every other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from etl.assigned import Made
from etl.assigned_toml import FormatError
from etl.assignment import Chosen, Trial, declared, misplaced, rival, try_out, with_source
from etl.extract import Extract
from etl.failure import FAILURES, german_failure
from etl.formats import Format
from etl.lexicon import Lexicon
from etl.load import loading_within
from etl.proposal import propose_extent, propose_sheet
from etl.read import Sheet, TooLargeError, UnreadableError, read_sheets
from etl.revision import revised
from etl.saved import now, revise_format, save_format, saved_formats
from pages.components import html
from pages.components.assistant_columns import ask_columns
from pages.components.assistant_edit import reopened
from pages.components.assistant_effects import show_effects
from pages.components.assistant_form import Form
from pages.components.assistant_once import ask_once
from pages.components.assistant_result import show_trial
from pages.components.assistant_sheet import ask_extent
from pages.components.assistant_words import ask_words
from pages.components.inbox import PATIENCE, Assignment, Inbox, Item
from pages.components.warehouse import catalog
from warehouse.snapshots import warehouse_folder

_NO_NAME = "Bitte nennen Sie zuerst oben Ihren Namen: Er steht im Format."
_NO_TITLE = "Bitte geben Sie dem Format einen Namen."
_TOLD = "_format_told"


def offer_assignment(item: Item) -> None:
    """Offer to assign a file that no format fits, or that the saved one no longer fits."""
    if not can_be_assigned(item):
        return
    saved = item.review.draft.saved if item.review else None
    if saved and st.button("Format bearbeiten …", key=f"bearbeiten-{item.number}", type="primary"):
        open_format(item, saved)
    again = "Neu zuordnen …" if saved else "Zuordnen …"
    if st.button(again, key=f"zuordnen-{item.number}", type="secondary" if saved else "primary"):
        sheets = _read(item.extract)
        if sheets:
            item.assignment = Assignment(sheets)
            st.rerun()


def open_format(item: Item, format_: Format) -> None:
    """Open a saved format in the assistant, over a file that it reads."""
    sheets = _read(item.extract)
    item.assignment = reopened(format_, sheets, item.extract) if sheets else None
    if item.assignment:
        st.rerun()
    elif sheets:
        st.error(
            html.plain(f"Die Datei »{item.extract.file_name}« liest das Format »{format_.name}« nicht mehr.")
        )


def _read(extract: Extract) -> list[Sheet]:
    """Return the sheets of a file that a person can assign; none where it cannot be read, which is said."""
    try:
        with st.spinner("Datei wird gelesen …"):
            return [each for each in read_sheets(extract) if any(map(any, each.rows)) and not each.hidden]
    except (UnreadableError, TooLargeError) as reason:
        st.error(html.plain(f"Die Datei ist nicht lesbar: {reason}."))
        return []


def can_be_assigned(item: Item) -> bool:
    """Tell whether a file is readable and no format fits, or the saved one no longer does."""
    if item.review is None or not item.review.draft.is_rejected:
        return False
    codes = {found.code for found in item.review.draft.problems}
    unknown = not item.review.format_name and not codes & {"unreadable_file", "too_large", "empty_file"}
    return unknown or item.review.draft.saved is not None


def say_what_was_saved() -> None:
    """Say once that a format was saved or removed."""
    if told := st.session_state.pop(_TOLD, None):
        st.success(html.plain(str(told)))


def show_assistant(waiting: Inbox, item: Item, assignment: Assignment, who: str) -> None:
    """Show all steps of an assignment and its result; saving is done at once, the file is checked in the next run."""
    form, sheets = Form(item.number, assignment), assignment.sheets
    _say_what_this_is(item, assignment)
    sheet, prefix = _ask_sheet(form, sheets)
    if sheet.name not in assignment.extents:
        assignment.extents[sheet.name] = propose_extent(sheet)
    extent = ask_extent(form, sheet, assignment.extents[sheet.name], prefix)
    trial = None
    if wrong := misplaced(sheet, extent):
        st.error(wrong)
    else:
        lexicon = Lexicon(catalog())
        columns, repeated = ask_columns(
            form, sheet, extent, lexicon, f"{prefix}-{extent.first_header}-{extent.last_header}"
        )
        once, titles, told, title = ask_once(form, sheet, extent, columns, lexicon, prefix)
        name = form.now("name")
        chosen = Chosen(name, extent, columns, repeated, once, titles, told, title=title)
        words, known_only = ask_words(form, sheet, chosen, lexicon, prefix)
        chosen = replace(chosen, words=words, known_only=known_only)
        made = Made(who, now(), item.extract.file_name, sheet.name)
        format_ = declared(sheet, chosen, made, item.extract.id)
        if assignment.revises:
            same_end = extent.last_row == assignment.extents[sheet.name].last_row
            format_ = revised(assignment.revises, format_, same_end=same_end)
        trial = try_out(format_, sheets, item.extract.id, catalog(), date.today())
        show_trial(trial, len(sheets))
        if assignment.revises and not trial.open:
            show_effects(assignment, assignment.revises, with_source(trial.format))
    _show_end(waiting, item, assignment, form, trial, who)


def _say_what_this_is(item: Item, assignment: Assignment) -> None:
    if assignment.revises is None:
        st.markdown("### Datei zuordnen")
        st.markdown("Alles Vorbelegte ist ein Vorschlag. Nichts gilt, bevor Sie das Format speichern.")
        return
    st.markdown(f"### Format »{html.plain(assignment.revises.name)}« bearbeiten")
    st.markdown(
        f"Gezeigt an der Datei »{html.plain(item.extract.file_name)}«. Vorbelegt ist, was bisher gilt; eine neue Fassung gilt "
        "erst, wenn Sie sie speichern. Frühere Fassungen bleiben aufbewahrt."
    )


def _ask_sheet(form: Form, sheets: Sequence[Sheet]) -> tuple[Sheet, str]:
    if len(sheets) == 1:
        return sheets[0], "0"
    names = [str(at) for at in range(len(sheets))]
    at = form.select(
        "Blatt",
        names,
        "blatt",
        proposed=str(propose_sheet(sheets)),
        shown=lambda each: sheets[int(each)].name,
    )
    return sheets[int(at)], at


def _show_end(
    waiting: Inbox, item: Item, assignment: Assignment, form: Form, trial: Trial | None, who: str
) -> None:
    form.text("Name des Formats", "name", placeholder="z. B. Monatsbericht Controlling Halle")
    with st.container(horizontal=True):
        revises = assignment.revises
        label = "Neue Fassung speichern" if revises else "Format speichern und Datei prüfen"
        save = st.button(label, key=f"{form.prefix}-speichern", type="primary")
        if st.button(
            "Bearbeiten abbrechen" if revises else "Zuordnung abbrechen", key=f"{form.prefix}-abbrechen"
        ):
            item.assignment = None
            st.rerun()
    if not save:
        return
    if failed := _saved(trial, assignment, form.now("name"), who):
        st.error(html.plain(failed))
        return
    item.assignment = None
    waiting.look_again_at_unknown()
    st.rerun()


def _saved(trial: Trial | None, assignment: Assignment, name: str, who: str) -> str:
    """Save the format of a trial; return "" or what stands against it, in German."""
    if not who:
        return _NO_NAME
    if not name:
        return _NO_TITLE
    if trial is None or trial.open:
        return "Es fehlen noch Angaben; sie stehen oben unter »Ergebnis«."
    if trial.rows.is_empty():
        return (
            "Die Zuordnung ergibt keinen einzigen Wert. Prüfen Sie Kopfzeilen, Datenzeilen und Bedeutungen."
        )
    folder, revises = warehouse_folder(), assignment.revises
    others = [each for each in saved_formats(folder).formats if revises is None or each.id != revises.id]
    if other := rival(trial.format, assignment.sheets, others):
        return (
            f"Diese Datei erkennt schon das Format »{other}«. Nennen Sie in Schritt 3 einen Text über der Tabelle, der nur in "
            "Dateien wie dieser steht, oder entfernen Sie das andere Format."
        )
    try:
        with loading_within(folder, PATIENCE):
            if revises:
                saved = revise_format(folder, trial.format, revises.version)
            else:
                saved = save_format(folder, with_source(trial.format).source, "Format")
    except FormatError as error:
        return " ".join(error.problems)
    except FAILURES as error:
        return german_failure(error, folder)
    st.session_state[_TOLD] = _told(saved.name, is_new=revises is None)
    return ""


def _told(name: str, *, is_new: bool) -> str:
    if not is_new:
        return (
            f"Die neue Fassung des Formats »{name}« ist gespeichert; Dateien werden ab jetzt damit gelesen. "
            "Was schon geladen ist, bleibt, wie es gelesen wurde."
        )
    return (
        f"Das Format »{name}« ist gespeichert; Dateien wie diese werden ab jetzt von selbst erkannt. "
        "Geladen wird auch diese Datei erst, wenn Sie sie annehmen."
    )
