"""What must not leave the house unseen: named, taken out value by value, or released with a reason that is logged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from pages.components import html, peers
from pages.components.mappe_choice import attempt, say
from pages.components.recompute import Retold
from pages.components.warehouse import catalog, question
from pages.reports.guard import RECOMPUTABLE, REMEDY, Secret, secrets
from pages.reports.relations import Areas
from pages.reports.view import View
from pages.reports.withheld import hide, proposal
from warehouse.areas import made_up_of
from warehouse.mappen import WITHDRAWN, Mappe, change_mappe, in_force, log_release, releases
from warehouse.memberships import types_on
from warehouse.snapshots import warehouse_folder

TAKEN_OUT, SHOWN_AGAIN = "herausgenommen", "wieder gezeigt"
_ACTS = {
    WITHDRAWN: "Freigabe zurückgezogen",
    TAKEN_OUT: "Werte herausgenommen",
    SHOWN_AGAIN: "Werte wieder gezeigt",
}
"""What the log calls what is no release."""
_NAMED = 8


@dataclass(frozen=True)
class Slide:
    """A pinned view that can be shown, at its place in the Mappe (from 1)."""

    place: int
    each: Retold
    view: View
    warnings: tuple[str, ...] = ()  # to be confirmed
    hints: tuple[str, ...] = ()

    @property
    def figures(self) -> str:
        """Return the fingerprint of the figures that a release is for; with other figures it is void."""
        assert self.each.told is not None
        return self.each.told.figures


def guarded(mappe: Mappe, shown: list[Slide], who: str) -> list[Slide]:
    """Take out what is not shown, name what is confidential; return the slides that may be shown as they are."""
    left = hide([slide.view for slide in shown], mappe.withheld, catalog())
    slides = [replace(slide, view=view) for slide, view in zip(shown, left, strict=True)]
    valid = in_force(releases(warehouse_folder(), mappe.id))
    kept, withheld = _split(slides, valid)
    if withheld:
        _withheld(mappe, shown, withheld, who)
    if mappe.withheld:
        _taken_out(mappe, who)
    return kept


def _split(
    slides: list[Slide], valid: Collection[dict[str, str]]
) -> tuple[list[Slide], dict[int, tuple[Slide, list[Secret]]]]:
    """Return the slides to show, and by place those left out with what is confidential in them."""
    released = {(each["pin"], each["rule"], each["figures"]): each["what"] for each in valid}

    def is_released(slide: Slide, secret: Secret) -> bool:
        return secret.about in released.get((slide.each.pin.id, secret.rule, slide.figures), "")

    kept, withheld = slides, {}
    for _ in slides:  # again without what is left out: less can be recomputed then
        mine: dict[int, list[Secret]] = {}
        for secret in secrets([slide.view for slide in kept], catalog(), _areas()):
            if not is_released(kept[secret.view - 1], secret):
                mine.setdefault(secret.view - 1, []).append(secret)
        own = {
            at: told for at, told in mine.items() if any(each.rule != RECOMPUTABLE for each in told)
        } or mine
        if not own:
            break
        withheld |= {kept[at].place: (kept[at], told) for at, told in own.items()}
        kept = [slide for at, slide in enumerate(kept) if at not in own]
    return kept, withheld


def _areas() -> Areas:
    """Return which Jobcenter make up each Land and Vergleichstyp, where all of them are known."""
    known = question("known_memberships")
    return made_up_of(catalog(), peers.areas(), types_on(catalog(), known, date.today()))


def _withheld(
    mappe: Mappe, shown: list[Slide], withheld: dict[int, tuple[Slide, list[Secret]]], who: str
) -> None:
    some = f"{len(withheld)} Ansichten bleiben" if len(withheld) > 1 else "1 Ansicht bleibt"
    st.warning(f"Vertraulich: {some} aus der Ausgabe.")
    lines = []
    for place, (slide, told) in sorted(withheld.items()):
        why = " ".join(dict.fromkeys(each.message for each in told[:3]))
        more = f" Dazu {len(told) - 3} weitere." if len(told) > 3 else ""
        lines.append(html.text(f"Ansicht {place} »{slide.view.title}«: {why}{more}"))
    st.html(html.listed(*lines).text)
    st.caption(REMEDY)
    if st.button("Nur die betroffenen Werte nicht zeigen", key="herausnehmen"):
        _take_out(mappe, [slide.view for slide in shown], who)
    names = {
        f"{place}  {slide.view.title}": (slide, told) for place, (slide, told) in sorted(withheld.items())
    }
    with st.expander("Mit Grund freigeben"):
        label = st.selectbox("Ansicht", list(names), key="freigabe-ansicht")
        reason = st.text_input("Grund der Freigabe", key="freigabe-grund", max_chars=300)
        if st.button("Freigeben und protokollieren", key="freigeben"):
            if not (who and (reason or "").strip()):
                st.error("Bitte nennen Sie Ihren Namen und einen Grund; freigegeben wurde nichts.")
                return
            _release(mappe, *names[label], who, (reason or "").strip())
            st.rerun()


def _release(mappe: Mappe, slide: Slide, told: list[Secret], who: str, reason: str) -> None:
    for rule in dict.fromkeys(each.rule for each in told):
        what = " ".join(f"{each.about}." for each in told if each.rule == rule).replace("..", ".")
        entry = {"who": who, "reason": reason, "pin": slide.each.pin.id, "rule": rule, "figures": slide.figures,
                 "title": slide.view.title, "what": what}  # fmt: skip
        attempt(lambda entry=entry: log_release(warehouse_folder(), mappe.id, entry))  # type: ignore[misc]
    say(f"»{slide.view.title}« ist freigegeben; Name und Grund stehen im Freigabeprotokoll der Mappe.")


def _take_out(mappe: Mappe, views: list[View], who: str) -> None:
    """Take the confidential values out, and those they follow from; what cannot be taken out singly stays out as a view."""
    if not who:
        st.error("Bitte nennen Sie Ihren Namen; herausgenommen wurde nichts.")
        return
    found = proposal(hide(views, mappe.withheld, catalog()), catalog(), _areas())
    if not found:
        st.error(
            "Hier lässt sich kein einzelner Wert herausnehmen; die Ansicht bleibt als Ganzes aus der Ausgabe."
        )
        return
    _change(mappe, (*mappe.withheld, *found), who, TAKEN_OUT, found)


def _taken_out(mappe: Mappe, who: str) -> None:
    """List the values that are not shown and offer to show them again; what is confidential is then named anew."""
    with st.expander(f"Nicht gezeigte Werte ({len(mappe.withheld)})"):
        st.html(html.listed(*(html.text(each) for each in mappe.withheld)).text)
        if st.button("Alle wieder zeigen", key="wieder-zeigen"):
            if not who:
                st.error("Bitte nennen Sie Ihren Namen; geändert wurde nichts.")
                return
            _change(mappe, (), who, SHOWN_AGAIN, mappe.withheld)


def _change(mappe: Mappe, withheld: tuple[str, ...], who: str, act: str, about: tuple[str, ...]) -> None:
    more = f" und {len(about) - _NAMED} weitere" if len(about) > _NAMED else ""
    entry = {
        "who": who,
        "reason": "",
        "act": act,
        "title": _ACTS[act],
        "what": f"{'; '.join(about[:_NAMED])}{more}",
    }

    def change() -> None:
        log_release(warehouse_folder(), mappe.id, entry)
        change_mappe(warehouse_folder(), mappe.id, lambda now: replace(now, withheld=withheld))
        values = "1 Wert" if len(about) == 1 else f"{len(about)} Werte"
        done = "nicht gezeigt" if act == TAKEN_OUT else "wieder gezeigt"
        say(
            f"In dieser Mappe {'wird' if len(about) == 1 else 'werden'} {values} {done}; es steht im Freigabeprotokoll."
        )

    attempt(change)
    st.rerun()


def log(mappe: Mappe, who: str) -> None:
    """Show what was released, confirmed and taken out, by whom and why; a release that is in force can be withdrawn."""
    entries = releases(warehouse_folder(), mappe.id)
    if not entries:
        return
    with st.expander(f"Freigabeprotokoll ({len(entries)})"):
        rows = [
            [html.text(f"{each['when'][:16].replace('T', ', ')} (UTC)"), html.text(each["who"]), html.text(each["reason"]),
             html.text(f"{_named(each)}: {each['what']}".removeprefix(": "))]
            for each in reversed(entries)
        ]  # fmt: skip
        st.html(html.table(("Wann", "Wer", "Grund", "Was"), rows, caption="Die neuesten zuerst.").text)
        _withdraw(mappe, entries, who)


def _named(entry: dict[str, str]) -> str:
    title = entry["title"]
    return f"{_ACTS[WITHDRAWN]}, {title}" if entry.get("act") == WITHDRAWN else title


def _withdraw(mappe: Mappe, entries: list[dict[str, str]], who: str) -> None:
    valid = {
        f"{each['title']}: {each['what'][:80]} ({each['who']})": each for each in reversed(in_force(entries))
    }
    if not valid:
        return
    label = st.selectbox("Freigabe", list(valid), key="widerruf-freigabe")
    reason = (
        st.text_input("Grund, die Freigabe zurückzuziehen", key="widerruf-grund", max_chars=300) or ""
    ).strip()
    if st.button("Freigabe zurückziehen", key="widerrufen"):
        if not (who and reason):
            st.error("Bitte nennen Sie Ihren Namen und einen Grund; zurückgezogen wurde nichts.")
            return
        entry = {**valid[label], "who": who, "reason": reason, "act": WITHDRAWN}
        entry.pop("when", None)
        if attempt(lambda: log_release(warehouse_folder(), mappe.id, entry)):
            say(
                f"Die Freigabe von »{entry['title']}« ist zurückgezogen; die Ansicht bleibt wieder aus der Ausgabe."
            )
        st.rerun()
