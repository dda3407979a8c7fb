"""The five planning documents: every cell of their tables, completeness against the texts, no copied sentence.

The texts themselves are not part of the product. Tests that read them look for them beside the repository and are
skipped where they are not.
"""

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.draft import Draft, understand
from etl.extract import Extract
from etl.numbers import parse_number
from etl.seed import DOCUMENTS_FOLDER
from warehouse.catalog import load_catalog

HERE = Path(__file__).parent
TEXTS = HERE.parent.parent.parent / "shared" / "documents"
CATALOG = load_catalog()
DOCUMENTS = {
    "halle": "halle_amip_2020-2025.txt",
    "harburg": "harburg_amip_2022-2025.txt",
    "magdeburg": "magdeburg_amip_2020-2023.txt",
    "me-aktiv": "me-aktiv_planungsdokument_2015.txt",
    "nordsachsen": "nordsachsen_amip_2019-2024.txt",
}
KINDS = ("", "_handlungsfelder", "_widersprueche")
Row = dict[str, str]

with_texts = pytest.mark.skipif(
    not TEXTS.exists(), reason=f"Die Texte der Planungsdokumente liegen nicht in {TEXTS}."
)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def document(name: str) -> list[Row]:
    return read(DOCUMENTS_FOLDER / f"{name}.csv")


def lines(name: str) -> list[str]:
    return (TEXTS / DOCUMENTS[name]).read_text(encoding="utf-8").splitlines()


def printed(name: str, line: int) -> list[str]:
    """Return the values transcribed from one line of a document, as printed."""
    return [row["wert"] for row in document(name) if row["zeile"] == str(line)]


def series(name: str, indicator: str, kind: str, breakdown: str = "") -> dict[str, str]:
    """Return the printed values of a series by period."""
    asked = (indicator, kind, breakdown)
    rows = [row for row in document(name) if (row["kennzahl"], row["art"], row["merkmal"]) == asked]
    return {row["zeitraum"]: row["wert"] for row in rows}


# --- (a) they load


def drafts() -> Iterator[tuple[str, Draft]]:
    for path in sorted(DOCUMENTS_FOLDER.glob("*.csv")):
        yield path.stem, understand(Extract.from_file(path), CATALOG, date(2026, 1, 1))


def test_there_are_three_files_for_each_document() -> None:
    assert {path.stem for path in DOCUMENTS_FOLDER.iterdir()} == {
        name + kind for name in DOCUMENTS for kind in KINDS
    }


def test_every_file_is_understood_without_errors_and_without_skipped_rows() -> None:
    for name, made in drafts():
        assert not [found.message for found in made.problems if found.severity == "error"], name
        assert made.tidied is not None
        assert made.tidied.skipped == 0, name
        assert made.tidied.frame.height == len(read(DOCUMENTS_FOLDER / f"{name}.csv")), name


def test_warnings_are_only_those_that_documents_deserve() -> None:
    codes = {found.code for _, made in drafts() for found in made.problems}
    assert codes <= {"contradiction", "unusual_time_concept", "sum_near"}
    near = [found for _, made in drafts() for found in made.problems if found.code == "sum_near"]
    assert [(found.value, found.must_confirm) for found in near] == [("Männer und Frauen", False)]
    assert "Halle (Saale), Jun 2019 (um 2)" in near[0].message, "printed so: 11.665 + 10.726 is not 22.389"


# --- (b) exact values, cell by cell


def test_halle_budgets() -> None:
    years = ("2015", "2016", "2017", "2018", "2019")
    for indicator, cells in (
        ("egt", "24.120 25.839 27.160 27.715 30.852"),
        ("vk", "24.262 26.633 28.132 29.076 31.852"),
        ("budget", "48.382 52.472 55.298 56.791 62.704"),
    ):
        assert series("halle", indicator, "plan") == dict(zip(years, cells.split(), strict=True))


def test_halle_costs_of_accommodation() -> None:
    years = ("2014", "2015", "2016", "2017", "2018")
    for indicator, cells in (
        ("kdu-ausgaben", "73.193 71.540 72.801 78.067 74.489"),
        ("kdu-bg-monat", "302,43 305,69 313,81 333,69 339,42"),
        ("kdu-bg", "19.499 18.761 18.537 18.843 17.652"),
    ):
        assert series("halle", indicator, "ist") == dict(zip(years, cells.split(), strict=True))


UNEMPLOYED = """
161 9.758 -396 -3,9 x
163 7.184 -489 -6,4 100
164 4.168 -290 -6,5 58,0
165 3.016 -199 -6,2 42,0
166 631 -127 -16,8 8,8
167 2.048 -188 -8,4 28,5
168 2.541 -73 -2,8 35,4
169 1.964 -101 -4,9 27,3
170 1.114 -74 -6,2 15,5
171 2.640 -372 -12,4 36,7
172 248 16 6,9 3,5
173 1.840 42 2,3 25,6
174 727 -95 -11,6 10,1
175 3.979 -153 -3,7 55,4
176 2.885 -287 -9,0 40,2
177 320 -49 -13,3 4,5
178 - - x -
"""


def test_magdeburg_unemployed_all_68_cells() -> None:
    expected = {int(row.split()[0]): row.split()[1:] for row in UNEMPLOYED.strip().splitlines()}
    assert sum(map(len, expected.values())) == 68
    assert {line: printed("magdeburg", line) for line in expected} == expected


def test_magdeburg_unemployed_columns_mean_what_they_say() -> None:
    for row in document("magdeburg"):
        if row["zeile"].isdigit() and 161 <= int(row["zeile"]) <= 178:
            assert (row["zeitraum"], row["zeitbezug"], row["datenstand"]) == (
                "2019-11",
                "stichtag",
                "2019-11-30",
            )
    women = [row["kennzahl"] for row in document("magdeburg") if row["zeile"] == "165"]
    names = (
        "arbeitslose-sgb2",
        "arbeitslose-sgb2.vj-abs",
        "arbeitslose-sgb2.vj-prozent",
        "anteil-arbeitslose-sgb2",
    )
    assert women == list(names)


def test_nordsachsen_targets_all_48_cells() -> None:
    years = ("2015", "2016", "2017", "2018")
    for indicator, kind, cells in (
        ("llu", "prognose", "51.335 49.191 46.582 42.699"),
        ("llu", "ist", "49.479 46.722 44.111 40.012"),
        ("llu.soll-abw", "ist", "-3,6 -5 -5,3 -6,3"),
        ("iq", "soll", "24,0 22,7 23,2 24,5"),
        ("iq", "ist", "23,5 23 23,7 23,4"),
        ("iq.soll-abw", "ist", "-2,0 1,1 2,1 -4,4"),
        ("luh", "ist", "35.601 32.720 31.368 29.046"),
        ("luh.soll-abw", "ist", "-8,1 -8,1 -4,1 -7,4"),
        ("lzb", "soll", "11.427 10.393 9.279 8.537"),
        ("lzb", "ist", "11.167 10.042 9.121 8.314"),
        ("lzb.soll-abw", "ist", "-2,3 -3,4 -1,7 -2,6"),
    ):
        found = {
            year: value for year, value in series("nordsachsen", indicator, kind).items() if year in years
        }
        assert found == dict(zip(years, cells.split(), strict=True)), (indicator, kind)
    before = dict(
        zip(("2014", "2015", "2016", "2017"), ["38.737", "35.613", "32.720", "31.368"], strict=True)
    )
    assert series("nordsachsen", "luh", "vorjahr") == before


def test_me_aktiv_targets_are_preliminary() -> None:
    agreed = [row for row in document("me-aktiv") if row["zeile"] in ("468", "469", "472", "473", "474")]
    assert [(row["kennzahl"], row["wert"], row["art"], row["status"]) for row in agreed] == [
        ("iq", "21,40", "soll", "vorlaeufig"),
        ("lzb", "17970", "soll", "vorlaeufig"),
        ("jugendarbeitslosigkeit.vj-prozent", "-2,5", "soll", "vorlaeufig"),
        ("eq-abschluss", "45", "soll", "vorlaeufig"),
        ("kontingentnutzung", "100", "soll", "vorlaeufig"),
    ]
    assert printed("me-aktiv", 481) == ["…"], "noch nicht veröffentlicht"
    assert series("me-aktiv", "eq-abschluss", "soll") == {"2015": "45", "2016": "53", "2017": "60"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_the_me_aktiv_document_is_confidential(name: str) -> None:
    sources = {row["quelle"] for kind in KINDS for row in read(DOCUMENTS_FOLDER / f"{name}{kind}.csv")}
    assert len(sources) == 1
    assert CATALOG.sources[sources.pop()].confidential is (name == "me-aktiv")


# --- (c) completeness


@with_texts
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_of_the_text_is_transcribed_or_declared_to_be_no_fact(name: str) -> None:
    transcribed = defaultdict(Counter[str])
    for row in document(name):
        for line in row["zeile"].split("|"):
            transcribed[int(line)][row["wert"].lstrip("+-−").strip().replace(".", "")] += 1
    declared = defaultdict(Counter[str])
    for row in read(HERE / "not_facts.csv"):
        if row["dokument"] == name:
            declared[int(row["zeile"])][row["token"]] += 1

    open_ = []
    for number, line in enumerate(lines(name), 1):
        open_ += [
            f"Zeile {number}: {token}"
            for token in _untold(_tokens(line, number), transcribed[number], declared[number])
        ]

    assert not open_


RULES = tomllib.loads((HERE / "no_facts.toml").read_text(encoding="utf-8"))
WORDS = re.compile(rf"\b(?:{'|'.join(RULES['number_words'])})\b", re.IGNORECASE)


def _tokens(line: str, number: int) -> list[str]:
    if (
        number < RULES["contents_end"]
        and re.search(RULES["contents"], line)
        and not re.search(RULES["table_row"], line)
    ):
        return []
    for pattern in RULES["patterns"]:
        line = re.sub(pattern["regex"], " ", line)
    return re.findall(r"\d+(?:[.,]\d+)*", line) + [word.lower() for word in WORDS.findall(line)]


def _untold(tokens: list[str], transcribed: Counter[str], declared: Counter[str]) -> Iterator[str]:
    """Yield the tokens for which neither a value nor a declaration is left; a number word may be any value left."""
    for token in tokens:
        plain = token.replace(".", "")
        if transcribed[plain] > 0:
            transcribed[plain] -= 1
        elif declared[token] > 0:
            declared[token] -= 1
        elif not token[0].isdigit() and +transcribed:
            transcribed[next(iter(+transcribed))] -= 1
        else:
            yield token


@with_texts
def test_every_declaration_is_about_something_that_stands_there() -> None:
    texts = {name: lines(name) for name in DOCUMENTS}
    for row in read(HERE / "not_facts.csv"):
        assert row["token"] in texts[row["dokument"]][int(row["zeile"]) - 1].lower(), row
        assert row["grund"]


def test_what_a_second_reader_found_independently_is_there_or_rejected_with_a_reason() -> None:
    found = {
        name: Counter((row["zeile"].split("|")[0], _value(row["wert"])) for row in document(name))
        for name in DOCUMENTS
    }
    seen, missing = 0, []
    for row in read(HERE / "second_reader.csv"):
        key = (row["zeile"], _value(row["wert"]))
        if row["nicht_uebernommen_weil"]:
            continue
        seen += 1
        if found[row["dokument"]][key] > 0:
            found[row["dokument"]][key] -= 1
        else:
            missing.append((row["dokument"], *key))
    assert not missing
    assert seen > 540


def _value(text: str) -> object:
    number = parse_number(text)
    return text.strip() if number is None else number


@with_texts
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_transcribed_number_stands_in_its_line(name: str) -> None:
    text = lines(name)
    for row in document(name):
        digits = row["wert"].lstrip("+-−")
        line = " ".join(text[int(number) - 1] for number in row["zeile"].split("|"))
        exact = (
            row["genauigkeit"] == "exakt"
            and re.match(r"\d", digits)
            and digits != "1"
            and not WORDS.search(line)
        )
        if exact and "wiederholt" not in row["anmerkung"] and "Soll 2014" not in row["anmerkung"]:
            assert digits in line or digits.rstrip("0").rstrip(",") in line, row


# --- (d) figures and references, no sentences


def _sequences(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W\d]+", text.lower())
    yield from zip(*(words[start:] for start in range(length)), strict=False)


@with_texts
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_eight_words_in_a_row_are_copied(name: str) -> None:
    theirs = set(_sequences(" ".join(lines(name))))
    copied = [
        (kind, row["zeile"], column, " ".join(sequence))
        for kind in KINDS
        for row in read(DOCUMENTS_FOLDER / f"{name}{kind}.csv")
        for column, cell in row.items()
        if column != "fundstelle"  # titles of sections and tables, as printed
        for sequence in _sequences(cell)
        if sequence in theirs
    ]
    assert not copied


# --- (e) contradictions


@pytest.mark.parametrize("name", DOCUMENTS)
def test_contradictions_refer_to_what_was_transcribed(name: str) -> None:
    observed = defaultdict(set)
    for row in document(name):
        for line in row["zeile"].split("|"):
            observed[row["kennzahl"]].add(line)
    for row in read(DOCUMENTS_FOLDER / f"{name}_widersprueche.csv"):
        indicators = [each for each in row["kennzahl"].split("|") if each]
        for indicator in indicators:
            assert observed[indicator], (row["zeile"], indicator)
        places = set(row["zeile"].split("|"))
        if indicators:
            assert places & set().union(*(observed[each] for each in indicators)), row
        assert row["erklaerung"].endswith(".")


SUM = re.compile(
    r"((?:\d[\d.]*(?:,\d+)? \+ )+\d[\d.]*(?:,\d+)?) = (\d[\d.]*(?:,\d+)?), gedruckt (\d[\d.]*(?:,\d+)?)"
)


def test_sums_that_do_not_fit_are_recomputed() -> None:
    recomputed = 0
    for name in DOCUMENTS:
        for row in read(DOCUMENTS_FOLDER / f"{name}_widersprueche.csv"):
            for parts, result, total in SUM.findall(row["angaben"]):
                numbers = [parse_number(part) or 0.0 for part in parts.split(" + ")]
                assert round(sum(numbers), 6) == parse_number(result), row
                assert parse_number(result) != parse_number(total.rstrip(".")), row
                recomputed += 1
    assert recomputed >= 3


def test_halle_total_budget_fits_in_every_year_but_2017() -> None:
    parts = [series("halle", indicator, "plan") for indicator in ("egt", "vk")]
    gaps = {}
    for year, total in series("halle", "budget", "plan").items():
        numbers = [parse_number(text) for text in (total, parts[0][year], parts[1][year])]
        gaps[year] = (numbers[0] or 0) - (numbers[1] or 0) - (numbers[2] or 0)
    assert gaps == {"2015": 0, "2016": 0, "2017": 6, "2018": 0, "2019": 0}
    assert "27.160 + 28.132 = 55.292, gedruckt 55.298" in _figures("halle")


def test_nordsachsen_two_thirds_are_not_76_4_percent() -> None:
    values = [
        row["wert"] for row in document("nordsachsen") if row["zeile"] == "162" and row["merkmal"] == "lzb"
    ]
    assert {"76,4", "66,7"} <= set(values)
    assert abs(76.4 - 200 / 3) > 9
    assert any("76,4" in figures and "66,7" in figures for figures in _figures("nordsachsen"))


def test_me_aktiv_has_two_targets_for_the_integration_rate_of_2015() -> None:
    targets = [
        row["wert"]
        for row in document("me-aktiv")
        if (row["kennzahl"], row["art"], row["zeitraum"]) == ("iq", "soll", "2015")
    ]
    assert targets == ["21,7", "21,40"]
    assert round(21.5 * 1.01, 1) == 21.7
    assert any("21,7" in figures and "21,40" in figures for figures in _figures("me-aktiv"))


def _figures(name: str) -> list[str]:
    return [row["angaben"] for row in read(DOCUMENTS_FOLDER / f"{name}_widersprueche.csv")]


# --- (f) evidence


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_row_says_where_it_stands(name: str, kind: str) -> None:
    for row in read(DOCUMENTS_FOLDER / f"{name}{kind}.csv"):
        assert row["fundstelle"], row
        assert re.fullmatch(r"\d+(\|\d+)*", row["zeile"]), row
        assert row["quelle"] in CATALOG.sources, row


@with_texts
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_exists(name: str, kind: str) -> None:
    count = len(lines(name))
    numbers = [
        int(line) for row in read(DOCUMENTS_FOLDER / f"{name}{kind}.csv") for line in row["zeile"].split("|")
    ]
    assert 1 <= min(numbers) <= max(numbers) <= count
