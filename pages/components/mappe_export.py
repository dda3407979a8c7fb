"""Checks a Mappe and takes it out: what cannot be shown, what is confidential, what misleads, then the four reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components import choose, html
from pages.components.html import plain
from pages.components.mappe_choice import retell
from pages.components.mappe_deck import deck_of, newest_act, root, view_of
from pages.components.mappe_guard import Slide, guarded, log
from pages.components.mappe_slides import NAMES
from pages.components.recompute import Retold
from pages.components.warehouse import every_act, snapshot
from pages.reports.examine import examine
from pages.reports.handout import pdf
from pages.reports.offline import html as offline
from pages.reports.paint import ExportError
from pages.reports.sentences import changes
from pages.reports.slides import powerpoint
from pages.reports.view import Deck, Progress
from pages.reports.workbook import excel
from warehouse.mappen import Mappe, keep_presentation, log_release, releases
from warehouse.slide_template import kept_template
from warehouse.snapshots import warehouse_folder

_CHECKED, _MADE = "_mappe-geprueft", "_mappe-ausgabe"
FORMATS: dict[str, tuple[Callable[[Deck, Progress], bytes], str, str]] = {
    "PowerPoint": (
        lambda deck, progress: powerpoint(deck, progress, template=kept_template(warehouse_folder())),
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "PDF": (pdf, "pdf", "application/pdf"),
    "Offline-Mappe": (offline, "html", "text/html"),
    "Excel": (excel, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""What a Mappe is taken out as: how it is made, its ending and its kind."""
_LOAD_WORDS = "retracted"


def export(mappe: Mappe) -> None:
    """Check the Mappe on demand and offer its reports."""
    st.header("Prüfen und ausgeben")
    signature = _signature(mappe)
    if st.button("Folien prüfen", type="primary", key="pruefen"):
        bar = st.progress(0.0, text="Die Ansichten werden berechnet")
        steps = _told_by(bar, "Seiten")
        found = retell(mappe.pins, progress=steps)
        stale = tuple(pin for pin in mappe.pins if pin.act < newest_act())
        newest = {each.pin.id: each for each in retell(stale, act=newest_act(), progress=steps)}
        bar.empty()
        st.session_state[_CHECKED] = (signature, found, newest)
    known = st.session_state.get(_CHECKED)
    if not known or known[0] != signature:
        st.markdown("Vor der Ausgabe werden die Folien berechnet und geprüft.")
        return
    texts = {pin.id: pin for pin in mappe.pins}
    retold = [replace(each, pin=texts[each.pin.id]) for each in known[1]]
    _problems(retold)
    shown = [
        slide
        for place, each in enumerate(retold, 1)
        if (slide := _slide(place, each, known[2].get(each.pin.id)))
    ]
    who = choose.name("Ihr Name (steht im Protokoll, wenn Sie etwas freigeben oder bestätigen)", key="wer")
    kept = guarded(mappe, shown, who)
    if not kept:
        st.warning("Keine Ansicht kann ausgegeben werden.")
    else:
        deck = deck_of(mappe, [slide.view for slide in kept])
        if _examined(mappe, kept, deck, who):
            _reports(mappe, deck, signature)
    log(mappe, who)


def _signature(mappe: Mappe) -> str:
    views = [(pin.id, pin.page, pin.key, pin.act, sorted(pin.parameters.items())) for pin in mappe.pins]
    return hashlib.sha256(repr((mappe.id, str(snapshot()), views)).encode()).hexdigest()


def _problems(retold: list[Retold]) -> None:
    for place, each in enumerate(retold, 1):
        if each.problem:
            title = each.pin.title or each.pin.page
            st.error(plain(f"Ansicht {place} »{title}« wird nicht ausgegeben. {each.problem}"))


def _slide(place: int, each: Retold, newest: Retold | None) -> Slide | None:
    view = view_of(each)
    if view is None or each.told is None:
        return None
    warnings, hints = [], []
    if stale := replace(each.pin, told=each.told).stale:
        names = ", ".join(NAMES.get(name, name) for name in stale)
        warnings.append(
            f"Zu anderen Zahlen geschrieben: {names}. Prüfen Sie den Text und speichern Sie ihn neu."
        )
    if newest is not None:
        moved = (
            newest.problem or "; ".join(changes(each.told, newest.told)[:3])
            if newest.told
            else newest.problem
        )
        gone = _retracted_since(each.pin.act)
        if moved and gone:
            warnings.append(f"Seit diesem Stand wurde zurückgenommen: {gone}. Heute gilt anderes: {moved}")
        elif moved:
            hints.append(f"Inzwischen gilt anderes: {moved}. »Auf den neuesten Stand bringen« übernimmt es.")
    return Slide(place, each, view, tuple(warnings), tuple(hints))


def _retracted_since(act: int) -> str:
    acts = every_act()
    later = acts.filter((acts["load_no"] > act) & (acts["act"] == _LOAD_WORDS))
    return ", ".join(later["file_name"].unique(maintain_order=True))


def _examined(mappe: Mappe, kept: list[Slide], deck: Deck, who: str) -> bool:
    """Show what could mislead, slide by slide; tell whether the Mappe may be taken out."""
    found = examine(deck)
    rows, blocking = [], []
    for number, slide in enumerate(kept, 1):
        own = [finding for finding in found if finding.view == number]
        told = [*slide.warnings, *(each.message for each in own if each.severity == "bestaetigen")]
        hints = [*slide.hints, *(each.message for each in own if each.severity != "bestaetigen")]
        lines = [html.text(f"‼ {line}") for line in told] + [html.muted(line) for line in hints]
        blocking += [f"Ansicht {slide.place}: {line}" for line in told]
        if lines:
            rows.append([html.text(f"{slide.place}  {slide.view.title}"), html.stacked(*lines)])
    verdict = (
        f"{len(blocking)} zu bestätigen" if blocking else "Hinweise" if rows else "nichts zu beanstanden"
    )
    with st.expander(f"Folien-TÜV: {verdict}", expanded=bool(blocking)):
        if rows:
            caption = "‼ muss vor der Ausgabe bestätigt werden; alles andere sind Hinweise."
            st.html(html.table(("Ansicht", "Befund und Abhilfe"), rows, caption=caption).text)
        else:
            st.markdown("Alle Folien haben Quelle, Datum und lesbare Zeichen.")
    return not blocking or _confirmed(mappe, blocking, who)


def _confirmed(mappe: Mappe, blocking: list[str], who: str) -> bool:
    """Let a person confirm findings with a reason, which is logged once; other findings have to be confirmed anew."""
    about = hashlib.sha256(repr((mappe.id, blocking)).encode()).hexdigest()[:12]
    label = "Ich habe die mit ‼ markierten Befunde geprüft und gebe die Mappe trotzdem aus"
    sure = st.checkbox(label, key=f"bestaetigt-{about}")
    reason = (st.text_input("Begründung", key=f"bestaetigt-grund-{about}", max_chars=300) or "").strip()
    if not (sure and reason and who):
        st.markdown(
            "Die Ausgabe ist möglich, sobald die Befunde behoben oder mit Namen und Begründung bestätigt sind."
        )
        return False
    entry = {
        "who": who,
        "reason": reason,
        "pin": "",
        "rule": "folien-tuev",
        "figures": about,
        "title": "Folien-TÜV",
    }
    same = {key: entry[key] for key in ("who", "reason", "figures")}
    known = releases(warehouse_folder(), mappe.id)
    if not any({key: each[key] for key in same} == same for each in known):
        log_release(warehouse_folder(), mappe.id, {**entry, "what": " ".join(blocking)})
    return True


def _told_by(bar: DeltaGenerator, name: str) -> Progress:
    """Return what moves a progress bar while a report is made."""

    def told(done: int, of: int, what: str) -> None:
        bar.progress(min(1.0, done / of), text=f"{name}: {done} von {of}, {plain(what[:60])}")

    return told


def _reports(mappe: Mappe, deck: Deck, signature: str) -> None:
    """Offer the four reports and the presentation; each is made when asked for, with progress."""
    about = hashlib.sha256(
        repr(
            (signature, mappe.touched, [view.title for view in deck.views], kept_template(warehouse_folder()))
        ).encode()
    ).hexdigest()
    if st.session_state.get(_MADE, ("",))[0] != about:
        st.session_state[_MADE] = (about, {})
    made: dict[str, bytes] = st.session_state[_MADE][1]
    with st.container(horizontal=True):
        asked = [
            name
            for name in (*FORMATS, "Präsentation")
            if st.button(f"{name} erstellen", key=f"erstellen-{name}")
        ]
    for name in asked:
        bar = st.progress(0.0, text=name)
        how = FORMATS["Offline-Mappe" if name == "Präsentation" else name][0]
        try:
            made[name] = how(deck, _told_by(bar, name))
            if name == "Präsentation":
                keep_presentation(warehouse_folder(), mappe.id, made[name])
        except (ExportError, OSError) as error:
            st.error(plain(f"{name} konnte nicht erstellt werden. {error}"))
        bar.empty()
    with st.container(horizontal=True):
        for name, content in made.items():
            if name == "Präsentation":
                st.link_button("Präsentation öffnen", f"{root()}/praesentation/{mappe.id}?praesentation")
                continue
            _, ending, kind = FORMATS[name]
            size = f"{len(content) / 1_000_000:.1f}".replace(".", ",")
            st.download_button(
                f"{name} herunterladen ({size} MB)", content, f"beirat-{mappe.id[:6]}.{ending}", kind,
                key=f"laden-{name}", on_click="ignore",
            )  # fmt: skip
