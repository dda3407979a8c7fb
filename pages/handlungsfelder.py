"""Handlungsfelder: what the five steer with beside figures; chances and risks; bodies and deadlines."""

from datetime import UTC, date, datetime

import polars as pl
import streamlit as st

from pages.charts.chart import dated_sources
from pages.charts.reference_tables import deadline_table, field_table, occasion_table
from pages.charts.timeline import terms_over_time
from pages.components import choose, html, show
from pages.components.edit_fields import edit_fields
from pages.components.field_answers import calendar_answer, dated, naming, outlook_answer, steering_answer
from pages.components.field_matrix import field_matrix, outlook_columns, outlook_matrix
from pages.components.fields import FIELD_HEAD, OCCASION_HEAD, deadline_rows, field_rows, occasion_rows
from pages.components.hand_in import show_saved
from pages.components.warehouse import catalog, question
from warehouse.fields import AHEAD, OUTLOOK, STEERING, deadlines, matching, rated, upcoming
from warehouse.icalendar import ics
from warehouse.periods import period_label
from warehouse.states import SEEDED_BY

VIEWS = ("Handlungsfelder und Projekte", "Chancen und Risiken", "Gremien und Fristen")
KINDS = {VIEWS[0]: STEERING, VIEWS[1]: OUTLOOK, VIEWS[2]: ("gremium", "frist")}
QUESTIONS = {
    VIEWS[0]: "Womit steuern die Jobcenter?",
    VIEWS[1]: "Welche Chancen und Risiken sehen die Jobcenter?",
    VIEWS[2]: "Welche Gremien und Fristen nennen die Jobcenter?",
}
ANY = "Alle"
COUNTING = "Gezählt ist, was genannt ist, nicht, was getan wird: Eine höhere Zahl ist kein besseres Ergebnis."

known = catalog()
top = st.container()
view = choose.segment("Ansicht", VIEWS, key="ansicht")
kinds = KINDS[view]
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.all_or_one_jobcenter()
    known = catalog()  # with the one just chosen
    categories = {ANY: "", **{term.name: term.id for term in known.field_categories.values()}}
    category = choose.one_of("Thema", categories, key="thema")
    kind = choose.one_of("Art", {ANY: "", **{known.field_kinds[id_].name: id_ for id_ in kinds}}, key="art")
    words = choose.search("Suche", key="suche", placeholder="z. B. Kinderbetreuung")
    named = {name: st.session_state[name] for name in ("jobcenter", "thema", "art")}
    address = {
        "ansicht": view,
        **{name: value for name, value in named.items() if value != ANY},
        "suche": words,
    }
    choose.link_here("handlungsfelder", **address)

every = question("known_fields").filter(pl.col("kind").is_in(kinds))
of_kind = matching(every.filter((pl.col("kind") == kind) if kind else pl.lit(True)), words)
found = of_kind.filter(
    pl.col("jobcenter").is_in(chosen) & ((pl.col("category") == category) if category else pl.lit(True))
)
as_of = question("figures_by_source")["last_date"].max()
is_narrow = len(chosen) == 1 or bool(category or words)
today = date.today()
months = {id_: int(term.short) for id_, term in known.field_rhythms.items()}
due = upcoming(found, today, months) if view == VIEWS[2] else deadlines(found.clear())
sources = dated_sources(known, found.select("source", "data_date").iter_rows())
notes = {
    **sources,
    "Berichtszeitraum": "Laufzeit der Dokumente; ein Datum steht nur, wo der Text eines nennt.",
    "Besonderheiten": COUNTING,
}


def answer() -> str:
    """Say in one sentence what the documents name about the choice."""
    later = bool((found["who"] != SEEDED_BY).any())
    who = naming(chosen, category, words, entered=later)
    if found.is_empty():
        return f"{who} {f'keinen Eintrag der Art »{known.field_kinds[kind].name}«' if kind else 'nichts'}."
    if view == VIEWS[0]:
        return f"{steering_answer(found, who, whole=not (is_narrow or kind))} {COUNTING}"
    if view == VIEWS[1]:
        return f"{outlook_answer(found, who, one_theme=bool(category))} {COUNTING}"
    return f"{calendar_answer(found, who, as_of)}{next_date(due)}"


def next_date(due: pl.DataFrame) -> str:
    """Say what comes next (OCCASION columns); nothing where nothing does."""
    if due.is_empty():
        return ""
    row = due.row(0, named=True)
    when = period_label(row["first"], row["last"])
    return f" Als Nächstes: {row['title']}, {known.area_name(row['jobcenter'])}, {when}."


def show_fields(rows: pl.DataFrame, title: str) -> None:
    """Show how many there are; where the choice is narrow, the list itself, grouped by Jobcenter or by category."""
    title = f"{heading}: {title}" if is_narrow else title
    if is_narrow:
        grouped = field_rows(rows, by="category" if len(chosen) == 1 else "jobcenter")
        shown = html.table(FIELD_HEAD, grouped, caption=f"{title} ({rows.height})")
    else:
        only = known.field_kinds[rows["kind"][0]].name if rows["kind"].n_unique() == 1 else ""
        shown = field_matrix(rows, title, {**address, "art": only})
    show.table(shown, field_table(known, rows), title=title, notes=notes, key="felder")


def show_matrix(rows: pl.DataFrame) -> None:
    """Show the rated chances and risks as a matrix, and say how many nobody has rated."""
    known_rated = rated(rows)
    left = rows.height - known_rated.height
    if known_rated.height:
        title = f"{heading}: Chancen und Risiken nach Eintritt und Auswirkung"
        about = {
            **notes,
            "Besonderheiten": f"Nicht bewertet: {left}. Bewertungen stammen von Personen, nicht aus den Dokumenten.",
        }
        show.table(
            outlook_matrix(known_rated),
            field_table(known, known_rated),
            title=title,
            notes=about,
            key="matrix",
        )
    else:
        st.markdown("Eintritt und Auswirkung hat noch niemand bewertet; die Dokumente nennen keine Skala.")


with top:
    show_saved()
    show.head(QUESTIONS[view], answer())
area = known.area_name(chosen[0]) if len(chosen) == 1 else "Alle Jobcenter"
heading = f"{area} · {known.field_categories[category].name}" if category else area
if found.is_empty():
    show.missing(
        "Zu dieser Auswahl nennen die Dokumente nichts.",
        "Wählen Sie ein anderes Thema oder andere Suchwörter; neue Dokumente kommen im Format »Handlungsfelder« hinzu.",
    )
elif view == VIEWS[2]:
    st.header("Was ansteht")
    if due.height:
        following = due.unique("entry", keep="first", maintain_order=True)
        caption = (
            f"{heading}: was ab heute ({today:%d.%m.%Y}) ansteht, jeder Eintrag mit seinem nächsten Termin"
        )
        shown = html.table(OCCASION_HEAD, occasion_rows(following), caption=caption)
        if due.height > following.height:
            title = f"Alle {due.height} Termine der nächsten {AHEAD} Monate"
            shown = html.stacked(
                shown, html.folded(title, html.table(OCCASION_HEAD, occasion_rows(due), caption=title))
            )
        about = {**sources, "Besonderheiten": f"Wiederkehrende Termine für {AHEAD} Monate."}
        show.table(shown, occasion_table(known, due), title="Was ansteht", notes=about, key="anstehend")
        st.download_button(
            "Kalender (ICS)",
            lambda: ics(known, due, at=datetime.now(UTC)),
            "termine.ics",
            "text/calendar",
            key="kalender-ics",
            on_click="ignore",
            help="Öffnet sich in Outlook und anderen Kalendern; jeder Termin ist ein ganzer Tag.",
        )
    else:
        st.markdown(f"Ab heute ({today:%d.%m.%Y}) nennt kein Eintrag einen Termin.")
    calendar = deadlines(found)
    if calendar.filter(pl.col("kind_of_time") == "span").height:
        about = {"Quelle": notes["Quelle"], "Datenstand": f"jüngster aller Quellen: {dated(as_of)}"}
        show.chart(terms_over_time(known, calendar, as_of, notes=about), key="zeitachse")
        first = calendar.filter(pl.col("kind_of_time") == "span").row(0, named=True)
        span = (
            f"{first['first']:%d.%m.%Y} bis {first['last']:%d.%m.%Y}"
            if first["first"] and first["last"]
            else ""
        )
        show.reading(
            "Jeder Balken reicht vom ersten bis zum letzten Tag, den der Text nennt. Beispiel "
            f"{known.area_name(first['jobcenter'])}: {first['title']}{f', {span}' if span else ''}."
        )
    if calendar.height:
        st.header("Alle Fristen")
        head = ("Frist", "Zeit", "Jobcenter", "Anmerkung", "Fundstelle")
        over = pl.col("last").is_not_null() & (pl.col("last") < today)
        past, others = calendar.filter(over), calendar.filter(~over)
        caption = f"{heading}: vergangene Fristen"
        gone = html.table(head, deadline_rows(past.iter_rows(named=True)), caption=caption)
        caption = f"{heading}: Fristen in der Reihenfolge ihres Datums"
        kept = html.table(head, deadline_rows(others.iter_rows(named=True)), caption=caption)
        folded = html.folded(f"Vergangene Fristen ({past.height})", gone) if past.height else html.EMPTY
        shown = html.stacked(kept if others.height else html.EMPTY, folded)
        show.table(shown, deadline_table(known, calendar), title="Fristen", notes=sources, key="fristen")
    bodies = found.filter(pl.col("kind") == "gremium")
    if bodies.height:
        st.header("Gremien und Netzwerke")
        show_fields(bodies, "Gremien und Netzwerke")
elif view == VIEWS[1] and is_narrow:
    show_matrix(found)
    title = f"{heading}: Chancen und Risiken"
    show.table(outlook_columns(found), field_table(known, found), title=title, notes=notes, key="aussicht")
else:
    if view == VIEWS[1]:
        show_matrix(found)
    show_fields(found, view)
edit_fields(every.filter(pl.col("jobcenter").is_in(chosen)), chosen, kinds)
