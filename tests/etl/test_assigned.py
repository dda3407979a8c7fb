"""Tables a person has assigned: every value arrives with its cell, next month's file is read by the same format."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.assigned import Dimension, Title, ToldFile, Value, Word, stands_in
from etl.assigned_toml import read_format
from etl.assignment import TRIED_ROWS, Chosen, declared, gaps, misplaced, rival, try_out, unknown_words
from etl.draft import Draft, understand
from etl.extract import Extract
from etl.formats import Format
from etl.heads import heads
from etl.lexicon import Lexicon
from etl.proposal import Extent, Guess, learned, propose_columns, propose_extent, quantity
from etl.read import Sheet, read_sheets
from etl.saved import Saved
from etl.title_texts import areas_in_titles, periods_in_titles, title_texts
from tests.etl.assigned_files import MADE, REPORT, book, flat, monthly, text_file, toml
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
LEXICON = Lexicon(CATALOG)
TODAY = date(2026, 11, 28)


def read(extract: Extract, *formats: Format) -> Draft:
    return understand(extract, CATALOG, TODAY, Saved(formats))


def codes(made: Draft) -> list[str]:
    return [found.code for found in made.problems]


def rows(made: Draft, *columns: str) -> list[tuple[Any, ...]]:
    assert made.tidied is not None
    return made.tidied.frame.select(columns or ("jobcenter", "breakdown", "period_start", "value")).rows()


OCTOBER = date(2019, 10, 1)


def test_every_cell_below_two_header_rows_is_a_value_with_its_place() -> None:
    made = read(monthly(), REPORT)
    assert codes(made) == []
    assert made.format_id == "monatsbericht"
    assert rows(made, "jobcenter", "indicator", "breakdown", "period_start", "value", "status", "note") == [
        ("halle", "elb", "", OCTOBER, 21000.0, "endgueltig", ""),
        ("halle", "elb", "frauen", OCTOBER, 10400.0, "endgueltig", ""),
        ("halle", "elb", "arbeitslose", OCTOBER, 7000.0, "endgueltig", ""),
        ("harburg", "elb", "", OCTOBER, 9000.0, "endgueltig", "geschätzt"),
        ("harburg", "elb", "frauen", OCTOBER, 4500.0, "endgueltig", "geschätzt"),
        ("harburg", "elb", "arbeitslose", OCTOBER, None, "nichts", "geschätzt"),
    ]
    assert set(rows(made, "time_concept", "kind", "source", "data_date")) == {
        ("stichtag", "ist", "Monatsbericht Controlling", date(2019, 11, 12))
    }
    assert rows(made, "place", "row")[1] == ("Zeile 7, Spalte »ELB | Frauen« der Lieferung", 7)


def test_next_month_with_one_more_column_and_moved_headings_is_recognised() -> None:
    later = monthly(
        "November 2019",
        ("Mettmann;23.000;11.000;8.000;", "Halle (Saale);20.900;10.300;6.900;", "Harburg;8.900;4.400;x;"),
        above=("Nur für den Dienstgebrauch", "", "erstellt: Referat 3"),
        more="11.000",
        stand="10.12.2019",
    )
    made = read(later, REPORT)
    assert codes(made) == ["unknown_column"]
    assert "Die Spalte »BG | insgesamt« ist unbekannt" in made.problems[0].message
    assert len(rows(made)) == 9
    assert ("halle", "", date(2019, 11, 1), 20900.0) in rows(made)
    assert set(rows(made, "data_date")) == {(date(2019, 12, 10),)}


def test_a_column_of_values_that_is_gone_is_asked_about() -> None:
    content = monthly().content.replace(b"Arbeitslose ELB", b"Erwerbslose")
    made = read(Extract(content, "x.csv"), REPORT)
    assert codes(made) == ["unknown_column", "missing_values"]
    assert made.must_confirm
    assert len(rows(made)) == 4


def test_another_table_is_not_taken_for_it() -> None:
    other = text_file("Jobcenter;Plätze;Kosten", "Halle (Saale);1;2")
    assert read(other, REPORT).format_id == ""


def test_months_across_under_labels_in_rows() -> None:
    file = text_file(
        "Jobcenter Nordsachsen",
        "Position;Okt 2019;Nov 2019",
        "eLb;10.000;9.900",
        "darunter weiblich;5.000;4.950",
        "Ø Alter;41,5;41,6",
        "",
        "Summe;1;2",
    )
    format_ = flat(
        given={"jobcenter": "nordsachsen"},
        columns=(Dimension("position", "kennzahl"),),
        values=(Value(""),),
        words=(Word("kennzahl", "darunter weiblich", "elb", "frauen"), Word("kennzahl", "Ø Alter")),
        ends="^summe",
    )
    made = read(file, format_)
    assert rows(made) == [
        ("nordsachsen", "", OCTOBER, 10000.0),
        ("nordsachsen", "", date(2019, 11, 1), 9900.0),
        ("nordsachsen", "frauen", OCTOBER, 5000.0),
        ("nordsachsen", "frauen", date(2019, 11, 1), 4950.0),
    ]
    assert [found.message for found in made.problems] == [
        "Datei bericht.csv: Nicht geladen werden Zeilen mit »Ø Alter« (1). Das Format sieht es so vor; nichts ist zu tun."
    ]
    assert rows(made, "place")[1] == ("Zeile 3, Spalte »Nov 2019« der Lieferung",)
    other = read(Extract(file.content.replace(b"Nordsachsen", b"Harburg"), "h.csv"), format_)
    assert "»Jobcenter Harburg«, das Format gilt aber für ein anderes Jobcenter" in other.problems[0].message


def test_quantities_over_months() -> None:
    file = book(
        {
            "Reihe": [
                ["JC", "ELB", "", "davon Frauen", ""],
                ["", "10/2019", "11/2019", "10/2019", "11/2019"],
                ["Halle (Saale)", 21000, 20900, 10400, 10300.0],
            ]
        }
    )
    format_ = flat(
        headers=2,
        columns=(Dimension("jc", "jobcenter"),),
        values=(Value("elb", "elb"), Value("davon frauen", "elb", "frauen")),
    )
    made = read(file, format_)
    assert codes(made) == []
    assert rows(made, "breakdown", "period_start", "value", "place") == [
        ("", OCTOBER, 21000.0, "Blatt Reihe, Zelle B3"),
        ("", date(2019, 11, 1), 20900.0, "Blatt Reihe, Zelle C3"),
        ("frauen", OCTOBER, 10400.0, "Blatt Reihe, Zelle D3"),
        ("frauen", date(2019, 11, 1), 10300.0, "Blatt Reihe, Zelle E3"),
    ]


def test_one_sheet_per_month_and_names_given_once_for_several_rows() -> None:
    def sheet(elb: int) -> list[list[object]]:
        return [
            ["Jobcenter", "Geschlecht", "Anzahl", "Jahr"],
            ["Halle (Saale)", "Männer", elb],
            ["", "Frauen", elb + 1],
        ]

    format_ = flat(
        columns=(Dimension("jobcenter", "jobcenter", filled=True), Dimension("geschlecht", "merkmal")),
        values=(Value("anzahl"),),
        given={"kennzahl": "ELB"},
        titles=(Title("zeitraum", stands_in("Okt 2019", "Okt 2019")),),
        ignored=("jahr",),
    )
    made = read(book({"Okt 2019": sheet(100), "Nov 2019": sheet(200), "Hinweise": [["Text"]]}), format_)
    assert codes(made) == ["unread_sheet"]
    assert rows(made) == [
        ("halle", "maenner", OCTOBER, 100.0),
        ("halle", "frauen", OCTOBER, 101.0),
        ("halle", "maenner", date(2019, 11, 1), 200.0),
        ("halle", "frauen", date(2019, 11, 1), 201.0),
    ]


@pytest.mark.parametrize(("month", "expected"), [("10", OCTOBER), ("Oktober", OCTOBER)])
def test_year_and_month_in_columns_of_their_own(month: str, expected: date) -> None:
    file = text_file("JC;Jahr;Monat;ELB", f"Halle (Saale);2019;{month};1.234", "Harburg;2019;13;5")
    columns = (Dimension("jc", "jobcenter"), Dimension("jahr", "jahr"), Dimension("monat", "monat"))
    made = read(file, flat(columns=columns))
    assert rows(made) == [("halle", "", expected, 1234.0)]
    assert next(found.message for found in made.problems).startswith(
        "Datei bericht.csv, Zeile 3, Spalte »zeitraum«: »13/2019« ist kein Zeitraum."
    )


def test_a_period_that_stands_nowhere_is_told_for_each_file() -> None:
    file = text_file("JC;ELB", "Halle (Saale);1.234", "Harburg;1,5,6")
    format_ = flat(columns=(Dimension("jc", "jobcenter"),), asked=("zeitraum",))
    untold = read(file, format_)
    assert untold.is_rejected
    assert codes(untold)[0] == "untold"
    told = flat(
        columns=(Dimension("jc", "jobcenter"),),
        asked=("zeitraum",),
        files=(ToldFile(file.id, zeitraum="2019-10"),),
    )
    made = read(file, told)
    assert rows(made) == [("halle", "", OCTOBER, 1234.0)]
    assert [(found.code, found.row, found.column) for found in made.problems] == [("bad_number", 3, "ELB")]
    assert codes(read(text_file("JC;ELB", "Halle (Saale);1"), told))[0] == "untold"


def test_a_title_that_is_missing_or_not_clear_is_refused() -> None:
    assert codes(read(monthly("im Herbst"), REPORT))[0] == "missing_in_title"
    twice = monthly(above=("Berichtsmonat: September 2019",))
    assert "mehreres: oktober 2019, september 2019" in read(twice, REPORT).problems[0].message


def test_of_two_formats_the_one_with_the_text_above_the_table_counts() -> None:
    columns = (Dimension("jc", "jobcenter"), Dimension("monat", "zeitraum"))
    plain, titled = flat("eins", columns=columns), flat("zwei", columns=columns, title="Bericht Süd")
    file = text_file("Bericht  süd", "JC;Monat;ELB", "Halle (Saale);2019-10;1")
    assert read(file, plain, titled).format_id == "zwei"
    assert codes(read(file, plain, flat("drei", columns=columns))) == ["several_formats"]
    assert read(text_file("JC;Monat;ELB", "Halle (Saale);2019-10;1"), titled).format_id == ""


# --- proposals


def test_a_report_is_proposed_as_it_is_meant() -> None:
    (sheet,) = read_sheets(monthly())
    extent = propose_extent(sheet)
    assert extent == Extent(first_header=4, last_header=5, first_row=7, last_row=8)
    assert propose_columns(sheet, extent, LEXICON) == {
        "jobcenter": Guess("jobcenter"),
        "elb | insgesamt": Guess("wert", "elb"),
        "elb | frauen": Guess("wert", "elb", "frauen"),
        "arbeitslose elb | insgesamt": Guess("wert", "elb", "arbeitslose"),
        "bemerkung": Guess("anmerkung"),
    }
    assert [each.found for each in periods_in_titles(sheet, extent, below=True)] == [
        "Oktober 2019",
        "12.11.2019",
    ]


def test_months_across_are_headings_and_one_quantity() -> None:
    (sheet,) = read_sheets(
        text_file("JC Halle (Saale)", "", "Position;2019-10;2019-11", "ELB;1.000;2.000", "BG;7;8")
    )
    extent = propose_extent(sheet)
    assert extent == Extent(3, 3, 4, 5)
    assert propose_columns(sheet, extent, LEXICON) == {"position": Guess("kennzahl"), "": Guess("wert")}
    assert [each.found for each in areas_in_titles(sheet, extent, LEXICON)] == ["JC Halle (Saale)"]


def test_year_and_month_are_proposed_together_and_a_year_alone_is_the_period() -> None:
    (sheet,) = read_sheets(text_file("Träger;Jahr;Monat;eLb", "Mettmann;2019;10;1.000"))
    guesses = propose_columns(sheet, propose_extent(sheet), LEXICON)
    assert [guess.read_as for guess in guesses.values()] == ["jobcenter", "jahr", "monat", "wert"]
    (sheet,) = read_sheets(text_file("Träger;Jahr;Unbekanntes", "Mettmann;2019;1.000"))
    guesses = propose_columns(sheet, propose_extent(sheet), LEXICON)
    assert [guess.read_as for guess in guesses.values()] == ["jobcenter", "zeitraum", ""]


def test_headings_reach_to_the_right_until_a_new_one_begins() -> None:
    above = [["", "A", "", "B", ""], ["Name", "x 1910", "y", "x", "x"]]
    assert [(head.index, head.name, head.told) for head in heads(above, 0, 2)] == [
        (0, "name", ""),
        (1, "a | x 1910", ""),
        (2, "a | y", ""),
        (3, "b | x", ""),
        (4, "b | x (2)", ""),
    ]


def test_what_was_said_of_a_heading_before_is_proposed_again() -> None:
    (sheet,) = read_sheets(text_file("Dienststelle;Bestand A;ELB;Monat", "Halle (Saale);1;2;2019-10"))
    saved = flat(
        columns=(Dimension("dienststelle", "jobcenter"),),
        values=(Value("bestand a", "bg"), Value("elb", "k2")),
    )
    guesses = propose_columns(sheet, propose_extent(sheet), LEXICON, learned([saved]))
    assert list(guesses.values()) == [
        Guess("jobcenter"),
        Guess("wert", "bg"),
        Guess("wert", "k2"),
        Guess("zeitraum"),
    ]


def test_a_format_is_tried_on_the_first_rows_of_a_long_file() -> None:
    body = [f"Halle (Saale);{1990 + at // 12}-{at % 12 + 1:02};{at}" for at in range(400)] * 8
    sheets = read_sheets(text_file("JC;Monat;ELB", *body))
    columns = (Dimension("jc", "jobcenter"), Dimension("monat", "zeitraum"))
    trial = try_out(flat(columns=columns), sheets, "", CATALOG, TODAY)
    assert trial.is_cut
    assert TRIED_ROWS >= trial.rows.height > 0
    assert trial.open == ()


def test_a_format_that_would_not_win_its_own_file_is_named() -> None:
    sheets = read_sheets(text_file("Bericht Süd", "JC;Monat;ELB;BG", "Halle (Saale);2019-10;1;2"))
    columns = (Dimension("jc", "jobcenter"), Dimension("monat", "zeitraum"))
    old = flat("alt", columns=columns, title="Bericht")
    new = flat("neu", columns=columns, values=(Value("elb", "elb"), Value("bg", "bg")))
    assert new.assigned is not None
    assert rival(new, sheets, [old]) == "Alt"
    assert rival(replace(new, assigned=replace(new.assigned, title="Bericht Süd")), sheets, [old]) == ""
    plain = flat("alt", columns=columns)
    assert rival(new, sheets, [plain]) == ""
    assert rival(replace(plain, id="x", name="X"), sheets, [plain]) == "Alt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eLb", ("elb", "")),
        ("elb, davon frauen", ("elb", "frauen")),
        ("darunter weiblich", ("", "frauen")),
        ("bestand elb | davon: frauen", ("", "frauen")),
        ("frauen elb", ("elb", "frauen")),
        ("völlig anderes", ("", "")),
        ("quote %", ("", "")),  # not the ELB-Hilfequote
        ("erwerbsfähige leistungberechtigte", ("elb", "")),
    ],
)
def test_headings_and_labels_propose_what_they_name(text: str, expected: tuple[str, str]) -> None:
    found = quantity(text, LEXICON)
    assert found == expected


WORDS = ["", "", "ELB", "Jobcenter", "Halle (Saale)", "2019-10", "1910", "Okt 2019", "1", "2", "3", "12,5 %"]
CELLS = st.sampled_from(WORDS) | st.text(max_size=6)
GRIDS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=9).filter(lambda rows: any(map(any, rows)))


@settings(max_examples=80, deadline=None)
@given(GRIDS)
def test_whatever_a_sheet_holds_there_is_a_proposal_that_can_be_tried(grid: list[list[str]]) -> None:
    sheet = Sheet("Okt 2019", grid)
    extent = propose_extent(sheet)
    assert 1 <= extent.first_header <= extent.last_header <= len(grid)
    assert 1 <= extent.first_row <= extent.last_row <= len(grid)
    if misplaced(sheet, extent):
        return
    columns = propose_columns(sheet, extent, LEXICON)
    meanings = [guess.read_as for guess in columns.values() if guess.read_as not in ("", "wert")]
    assert len(meanings) == len(set(meanings))
    titles = dict(zip(("zeitraum", "datenstand"), periods_in_titles(sheet, extent, below=True), strict=False))
    chosen = Chosen(
        "x",
        extent,
        columns,
        frozenset(gaps(sheet, Chosen("x", extent, columns))),
        {"jobcenter": "halle"},
        titles,
    )
    assert title_texts(sheet, extent) is not None
    assert all(each.text and each.rows for each in unknown_words(sheet, chosen, LEXICON))
    format_ = declared(sheet, chosen, MADE, "00ff")
    trial = try_out(format_, [sheet], "00ff", CATALOG, TODAY)
    if not trial.open:
        assert read_format(toml(format_), "x.toml", LEXICON) == format_


def test_columns_without_heading_and_rows_of_other_places() -> None:
    file = text_file(
        "Arbeitslose nach Kreisen",
        ";;Arbeitslose;Arbeitslose",
        ";;insgesamt;Frauen",
        "01001;Flensburg;4.000;1.900",
        "15002;Halle (Saale);9.000;4.100",
        "14730;Nordsachsen;6.000;2.900",
        "03353;Harburg;5.000;2.400",
    )
    (sheet,) = read_sheets(file)
    extent = propose_extent(sheet)
    assert extent == Extent(2, 3, 4, 7)
    assert propose_columns(sheet, extent, LEXICON) == {
        "spalte a": Guess(),
        "spalte b": Guess("jobcenter"),
        "arbeitslose | insgesamt": Guess("wert", "arbeitslose"),
        "arbeitslose | frauen": Guess("wert", "arbeitslose", "frauen"),
    }
    format_ = flat(
        headers=2,
        known_only=True,
        columns=(Dimension("spalte b", "jobcenter"),),
        values=(Value("arbeitslose | insgesamt", "arbeitslose"),),
        ignored=("spalte a", "arbeitslose | frauen"),
        asked=("zeitraum",),
        files=(ToldFile(file.id, zeitraum="2019-10"),),
    )
    assert read_format(toml(format_), "x.toml", LEXICON) == format_
    made = read(file, format_)
    assert [(area, value) for area, _, _, value in rows(made)] == [
        ("halle", 9000.0),
        ("nordsachsen", 6000.0),
        ("harburg", 5000.0),
    ]
    assert "Nicht geladen werden Zeilen anderer Gebiete (1)." in made.problems[0].message
