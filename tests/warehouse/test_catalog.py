"""The catalog: complete, correct against the sources, and loud when it is not."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.lexicon import Lexicon
from warehouse.catalog import CATALOG_FOLDER, CatalogError, load_catalog
from warehouse.catalog.model import Operand

CATALOG = load_catalog()
LEXICON = Lexicon(CATALOG)


# --- a bad catalog fails with file, entry and remedy, all problems at once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalog to be broken."""
    return Path(
        shutil.copytree(
            CATALOG_FOLDER, tmp_path / "catalog", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
    )


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogError) as raised:
        load_catalog(folder)
    return raised.value.problems


def replace(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_copy_is_good(folder: Path) -> None:
    assert load_catalog(folder).jobcenters == CATALOG.jobcenters


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "pages.toml",
            'first_indicator = "elb"',
            'first_indicator = "enten"',
            "pages.toml, Eintrag [struktur]: »first_indicator« verweist auf »enten«, das indicators/*.toml nicht kennt.",
        ),
        (
            "pages.toml",
            '"struktur", "bestand"',
            '"struktur", "enten"',
            "pages.toml, Eintrag [struktur]: »topics« verweist auf »enten«, das vocabulary.toml nicht kennt.",
        ),
        (
            "partitions.toml",
            'parts = ["maenner", "frauen"]',
            'parts = ["maenner", "enten"]',
            "partitions.toml, Eintrag [geschlecht]: »whole, parts« verweist auf »enten«, das breakdowns.toml nicht kennt.",
        ),
        (
            "partitions.toml",
            'parts = ["maenner", "frauen"]',
            'parts = ["maenner"]',
            "partitions.toml, Eintrag [geschlecht]: Es fehlen die Teile. Nennen Sie zwei oder mehr »parts«",
        ),
        (
            "partitions.toml",
            "size = 16",
            "size = 1",
            "partitions.toml, Eintrag [laender]: Es fehlen die Teile.",
        ),
        (
            "partitions.toml",
            'of = "regions"',
            'of = "teiche"',
            "partitions.toml, Eintrag [ost-west]: »of« ist »teiche«. Möglich sind breakdowns und regions.",
        ),
        (
            "thresholds.toml",
            "[shown]\nvalue = 50",
            '[shown]\nvalue = "viele"',
            "thresholds.toml, Eintrag [shown], Feld »value«: 'viele' hat den falschen Typ. Erwartet ist eine Zahl.",
        ),
        (
            "vocabulary.toml",
            'shown_as = "Mio. €"',
            'shown_as = "Stellen"',
            "vocabulary.toml, Abschnitt [units], Eintrag [T€]: »shown_as« verweist auf »Stellen«, das vocabulary.toml (gleiche",
        ),
        (
            "vocabulary.toml",
            'mark = "ab"\nbound = "range"',
            'mark = "ab"\nbound = "ende"',
            "vocabulary.toml, Abschnitt [precisions], Eintrag [von]: »bound« ist »ende«. Möglich sind limit und range.",
        ),
        (
            "jobcenters.toml",
            'land = "Sachsen-Anhalt"\n',
            "",
            "jobcenters.toml, Eintrag [halle]: Das Feld »land« fehlt. Ergänzen Sie es.",
        ),
        (
            "jobcenters.toml",
            'land = "Sachsen-Anhalt"',
            'land = "Sachsen-Anhalt"\nfarbe = "rot"',
            "jobcenters.toml, Eintrag [halle]: Das Feld »farbe« ist unbekannt. Entfernen Sie es oder wählen",
        ),
        (
            "jobcenters.toml",
            'land = "Sachsen-Anhalt"',
            "land = 15",
            "jobcenters.toml, Eintrag [halle], Feld »land«: 15 hat den falschen Typ. Erwartet ist ein Text in Anführungszeichen.",
        ),
        (
            "jobcenters.toml",
            'colour = "#e35e4e"',
            'colour = "rot"',
            "jobcenters.toml, Eintrag [halle]: »colour« ist »rot«. Schreiben Sie es wie »#007598«.",
        ),
        (
            "jobcenters.toml",
            'marker = "circle"',
            'marker = "square"',
            "jobcenters.toml: »marker« ist bei 2 Jobcentern »square«. Wählen Sie für jedes einen eigenen Wert.",
        ),
        (
            "jobcenters.toml",
            'aliases = ["Halle (Saale), Stadt, JC"',
            'aliases = ["HARBURG"',
            "jobcenters.toml/regions.toml: Die Schreibweise »Harburg« steht bei [halle] und bei [harburg].",
        ),
        (
            "jobcenters.toml",
            'ags = "15002"',
            'ags = "3353"',
            "jobcenters.toml/regions.toml: Die Schreibweise »03353« steht bei [halle] und bei [harburg].",
        ),
        (
            "indicators/bestand.toml",
            'unit = "BG"',
            'unit = "Enten"',
            "indicators/*.toml, Eintrag [bg]: »unit« verweist auf »Enten«, das vocabulary.toml nicht kennt. Tragen",
        ),
        (
            "indicators/bestand.toml",
            "minimum = 0",
            "minimum = true",
            "indicators/bestand.toml, Eintrag [bg], Feld »minimum«: True hat den falschen Typ. Erwartet ist eine Zahl.",
        ),
        (
            "indicators/bestand.toml",
            "[elb]",
            "[k2]",
            "indicators/kennzahlen_48a.toml, Eintrag [k2]: doppelt vergeben. Wählen Sie eine andere Kennung.",
        ),
        (
            "indicators/bestand.toml",
            'code = "BG"',
            'code = "ELB"',
            "indicators/*.toml: Die Schreibweise »elb« steht bei [bg] und bei [elb].",
        ),
        (
            "indicators/kennzahlen_48a.toml",
            'numerator = { indicator = "llu-monat"',
            'numerator = { indicator = "enten"',
            "indicators/*.toml, Eintrag [k1]: »formula« verweist auf »enten«, das indicators/*.toml nicht kennt.",
        ),
        (
            "indicators/kennzahlen_48a.toml",
            ', aggregate = "sum" }',
            " }",
            "indicators/kennzahlen_48a.toml, Eintrag [k1], Feld »formula«, Feld »numerator«: Das Feld »aggregate« fehlt.",
        ),
        (
            "indicators/kennzahlen_48a.toml",
            'result = "change"',
            'result = "anders"',
            "indicators/*.toml, Eintrag [k1]: »result« ist »anders«. Möglich sind ratio und change.",
        ),
        (
            "indicators/kennzahlen_48a.toml",
            "minimum = -60",
            "minimum = 160",
            "indicators/*.toml, Eintrag [k1]: »minimum« ist nicht kleiner als »maximum«.",
        ),
        (
            "families.toml",
            'members = ["bg"',
            'members = ["bg/enten"',
            "families.toml, Eintrag [bedarfsgemeinschaften]: »members« verweist auf »enten«, das breakdowns.toml nicht kennt.",
        ),
        (
            "sources.toml",
            "data_date = 2020-01-22",
            'data_date = "2020-01-22"',
            "sources.toml, Eintrag [halle-amip-2020], Feld »data_date«: '2020-01-22' hat den falschen Typ. Erwartet ist ein",
        ),
        (
            "sources.toml",
            'jobcenter = "halle"',
            'jobcenter = "hale"',
            "sources.toml, Eintrag [halle-amip-2020]: »jobcenter« verweist auf »hale«, das jobcenters.toml nicht kennt.",
        ),
        (
            "vergleichstypen.toml",
            'type = "IIId"',
            'type = "IIIId"',
            "vergleichstypen.toml, memberships Nr. 1: »type« verweist auf »IIIId«, das vergleichstypen.toml (types) nicht kennt.",
        ),
        (
            "vocabulary.toml",
            "[kinds.ist]",
            "[arten.ist]",
            "vocabulary.toml: Den Abschnitt [arten] gibt es nicht. Möglich sind: time_concepts, kinds,",
        ),
        (
            "vocabulary.toml",
            'aliases = ["ist"',
            'aliases = ["soll", "ist"',
            "vocabulary.toml, Abschnitt [kinds]: Die Schreibweise »soll« steht bei [ist] und bei [soll].",
        ),
        ("regions.toml", "[de]", "[de", "regions.toml: kein gültiges TOML in UTF-8 ("),
        (
            "regions.toml",
            "[de]",
            "de = 1\n[dd]",
            "regions.toml, Eintrag [de]: 1 steht außerhalb eines Eintrags.",
        ),
    ],
)
def test_a_mistake_is_named_with_file_entry_and_remedy(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    replace(folder, file, old, new)
    found = problems(folder)
    assert any(problem.startswith(said) for problem in found), found


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "regions.toml").unlink()
    assert problems(folder) == [f"regions.toml: Die Datei fehlt. Legen Sie sie in {folder} an."]


def test_all_problems_are_told_at_once(folder: Path) -> None:
    replace(folder, "jobcenters.toml", 'form = "gE"\n', "")
    replace(folder, "indicators/finanzen.toml", 'unit = "T€"\n', "unit = 1\n")
    replace(folder, "sources.toml", "confidential = false", 'confidential = "nein"')
    found = problems(folder)
    assert [problem.partition(",")[0] for problem in found] == [
        "jobcenters.toml",
        "sources.toml",
        "indicators/finanzen.toml",
    ]


def test_the_message_lists_every_problem(folder: Path) -> None:
    (folder / "regions.toml").unlink()
    with pytest.raises(CatalogError, match=r"^Der Katalog ist fehlerhaft:\n- regions\.toml: Die Datei fehlt"):
        load_catalog(folder)


# --- § 48a SGB II, exactly as domain.md § 1.2


def inflow(stock: str) -> tuple[Operand, Operand]:
    return Operand(f"{stock}-zugang", 1, "sum"), Operand(stock, 1, "sum")


def outflow(stock: str) -> tuple[Operand, Operand]:
    return Operand(f"{stock}-abgang", 1, "sum"), Operand(stock, 1, "sum", lag=1)


def to_last_year(quantity: str) -> tuple[Operand, Operand]:
    return Operand(quantity, 1, "sum"), Operand(quantity, 1, "sum", lag=12)


def of_twelve_months(
    events: str, stock: str, of_events: str = "", of_stock: str = ""
) -> tuple[Operand, Operand]:
    mean = Operand(stock, 12, "mean", lag=1, breakdown=of_stock)
    return Operand(events, 12, "sum", breakdown=of_events), mean


KENNZAHLEN = {
    # code: (operands, result, average of months, time concept, direction)
    "K1": (to_last_year("llu-monat"), "change", 1, "stichtag", "lower"),
    "K1E1": (to_last_year("luh-monat"), "change", 1, "stichtag", "lower"),
    "K1E2": (to_last_year("elb"), "change", 1, "stichtag", "lower"),
    "K1E3": (inflow("elb"), "ratio", 12, "12m", "lower"),
    "K1E4": (outflow("elb"), "ratio", 12, "12m", "higher"),
    "K2": (of_twelve_months("integrationen", "elb"), "ratio", 1, "12m", "higher"),
    "K2E1": (of_twelve_months("eintritte-geringfuegig", "elb"), "ratio", 1, "12m", "neutral"),
    "K2E2": (of_twelve_months("eintritte-oeffentlich-gefoerdert", "elb"), "ratio", 1, "12m", "neutral"),
    "K2E3": (
        (Operand("integrationen-kontinuierlich", 12, "sum"), Operand("integrationen-sv", 12, "sum")),
        *("ratio", 1, "12m", "higher"),
    ),
    "K2E4": (
        of_twelve_months("integrationen", "elb", "alleinerziehende", "alleinerziehende"),
        *("ratio", 1, "12m", "higher"),
    ),
    "K3": (to_last_year("lzb"), "change", 1, "stichtag", "lower"),
    "K3E1": (of_twelve_months("integrationen", "lzb", "lzb"), "ratio", 1, "12m", "higher"),
    "K3E2": (
        (Operand("lzb-in-massnahme", 1, "sum"), Operand("lzb", 1, "sum")),
        "ratio",
        1,
        "stichtag",
        "neutral",
    ),
    "K3E3": (inflow("lzb"), "ratio", 12, "12m", "lower"),
    "K3E4": (outflow("lzb"), "ratio", 12, "12m", "higher"),
}


@pytest.mark.parametrize("code", KENNZAHLEN)
def test_every_kennzahl_has_its_official_formula_and_time_base(code: str) -> None:
    (numerator, denominator), result, months, concept, direction = KENNZAHLEN[code]
    entry = CATALOG.indicator(code.lower())
    assert entry.formula is not None
    assert (entry.formula.numerator, entry.formula.denominator) == (numerator, denominator)
    assert (entry.formula.result, entry.formula.average_of) == (result, months)
    assert (entry.code, entry.unit, entry.time_concepts[0], entry.direction) == (
        code,
        "%",
        concept,  # the first is that of the official value, further ones are computed from months
        direction,
    )
    assert "SGB2§48aFKV" in entry.source


def test_there_are_no_other_kennzahlen() -> None:
    declared = {
        entry.code for entry in CATALOG.indicators.values() if re.fullmatch(r"K[123](E\d)?", entry.code)
    }
    assert declared == set(KENNZAHLEN)
    own = {"elb-je-100-einwohner", "rlb-je-100-einwohner"}  # own calculations without a code
    assert {
        entry.code for entry in CATALOG.indicators.values() if entry.formula and entry.id not in own
    } == declared


def test_only_the_three_goals_of_48b_give_an_official_direction() -> None:
    """K1–K3 and the quantities in which their targets are agreed; every other direction is our own reading."""
    official = {entry.code for entry in CATALOG.indicators.values() if entry.direction_source}
    assert official == {"K1", "K2", "K3", "LLU", "IQ", "LZB"}


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        (
            "Veränderung der Summe der Leistungen zum Lebensunterhalt (ohne Leistungen für Unterkunft und Heizung)",
            "k1",
        ),
        ("Veränderung der Summe der Leistungen für Unterkunft und Heizung", "k1e1"),
        ("Veränderung der Zahl der erwerbsfähigen Leistungsberechtigten", "k1e2"),
        ("Quote der Eintritte in geringfügige Beschäftigung", "k2e1"),
        ("Quote der Eintritte in öffentlich geförderte Beschäftigung", "k2e2"),
        ("Kontinuierliche Beschäftigung nach Integration", "k2e3"),
        ("Integrationsquote der Alleinerziehenden", "k2e4"),
        ("Veränderung des Bestands an Langzeitleistungsbeziehenden", "k3"),
        ("Integrationsquote der Langzeitleistungsbeziehenden", "k3e1"),
        ("Aktivierungsquote der Langzeitleistungsbeziehenden", "k3e2"),
    ],
)
def test_official_names_resolve(name: str, id_: str) -> None:
    assert LEXICON.indicators.get(name.casefold()) == id_


def test_an_ambiguous_name_is_left_open() -> None:
    assert LEXICON.indicators.get("integrationsquote") is None
    assert "K2" in LEXICON.meant_indicator("Integrationsquote")


# --- spellings of domain.md §§ 3.4 and 5.3, and of the files


@pytest.mark.parametrize(
    ("id_", "spellings"),
    [
        (
            "halle",
            "Halle (Saale)|Halle (Saale), Stadt, JC|Jobcenter Halle (Saale)|JC Halle|t04402|04402|4402|15002|halle|HALLE (SAALE)"
            "|      Halle (Saale), Kreisfreie Stadt|Halle (Saale), kreisfreie Stadt",
        ),
        (
            "magdeburg",
            "Magdeburg, Landeshauptstadt, JC|Jobcenter Landeshauptstadt Magdeburg|LH Magdeburg|t04502|04502|4502|15003"
            "|Magdeburg, kreisfreie Stadt, Landeshauptstadt",
        ),
        (
            "nordsachsen",
            "Nordsachsen, JC|JC Nordsachsen|Jobcenter Nordsachsen|t07602|07602|7602|14730|Nordsachsen, Landkreis",
        ),
        (
            "harburg",
            "Jobcenter Landkreis Harburg|Harburg|Harburg, JC|03353|3353|25104|t25104|      Harburg, Landkreis|Lk Harburg",
        ),
        (
            "me-aktiv",
            "Jobcenter ME-aktiv|Mettmann aktiv|ME-aktiv|Kreis Mettmann|Mettmann|Mettmann, JC|05158|5158|36402|t36402",
        ),
    ],
)
def test_every_spelling_resolves(id_: str, spellings: str) -> None:
    assert {spelling: LEXICON.area(spelling) for spelling in spellings.split("|")} == dict.fromkeys(
        spellings.split("|"), id_
    )


@pytest.mark.parametrize(
    "text", ["Leipzig, JC", "Halle", "Halle (Westf.)", "Hamburg-Harburg", "Burg", "4403", "7610", ""]
)
def test_nothing_is_matched_by_part_of_a_name(text: str) -> None:
    assert LEXICON.area(text) == ("halle" if text == "Halle" else None)


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("K2", "k2"),
        ("ELB", "elb"),
        ("eLb", "elb"),
        ("LZB", "lzb"),
        ("LZA", "lza"),
        ("BG", "bg"),
        ("LLU", "llu"),
        ("LUH", "luh"),
    ],
)
def test_short_codes_of_the_issue_resolve(code: str, id_: str) -> None:
    assert LEXICON.indicators.get(code.casefold()) == id_


@pytest.mark.parametrize(
    ("wording", "concept"),
    [("JDW", "jdw"), ("gJDW", "gjdw"), ("JFW", "jfw"), ("BM", "stichtag"), ("12-Monats-Summe", "12m")],
)
def test_time_words_resolve(wording: str, concept: str) -> None:
    assert LEXICON.words["zeitbezug"].get(wording.casefold()) == concept


# --- every entry is complete


def test_every_indicator_has_definition_unit_direction_and_topic() -> None:
    for entry in CATALOG.indicators.values():
        assert entry.definition.endswith("."), entry.id
        assert len(entry.definition) > 15, entry.id
        assert entry.unit in CATALOG.units
        assert entry.direction in CATALOG.directions
        assert entry.topic in CATALOG.topics
        assert entry.name[0].isupper(), entry.id


def test_ids_are_plain_words() -> None:
    for entries in (
        CATALOG.indicators,
        CATALOG.breakdowns,
        CATALOG.sources,
        CATALOG.families,
        CATALOG.jobcenters,
    ):
        assert not [id_ for id_ in entries if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)]


def test_shares_name_what_they_are_a_share_of_and_stay_within_100() -> None:
    for entry in CATALOG.indicators.values():
        if entry.id.startswith("anteil-"):
            assert (entry.unit, entry.minimum, entry.maximum) == ("%", 0, 100), entry.id


def test_the_five_jobcenter() -> None:
    found = {
        entry.id: (entry.land, entry.traegernummer, entry.ags, entry.form)
        for entry in CATALOG.jobcenters.values()
    }
    assert found == {
        "halle": ("Sachsen-Anhalt", "04402", "15002", "gE"),
        "harburg": ("Niedersachsen", "25104", "03353", "gE"),
        "magdeburg": ("Sachsen-Anhalt", "04502", "15003", "gE"),
        "nordsachsen": ("Sachsen", "07602", "14730", "gE"),
        "me-aktiv": ("Nordrhein-Westfalen", "36402", "05158", "gE"),
    }


def test_only_the_me_aktiv_document_is_confidential() -> None:
    assert [source.id for source in CATALOG.sources.values() if source.confidential] == [
        "me-aktiv-planung-2015"
    ]


def test_vergleichstypen_are_those_that_are_documented() -> None:
    assert len(CATALOG.vergleichstypen) == 15
    assert [
        (entry.jobcenter, entry.type, entry.edition, entry.members, entry.place)
        for entry in CATALOG.memberships
    ] == [("nordsachsen", "IIId", "2019", 20, "Abschnitt 5.1")], "all others: nicht hinterlegt"


# --- nothing that domain.md calls UNVERIFIED is shipped


def texts() -> Iterator[tuple[str, str]]:
    for path in CATALOG_FOLDER.rglob("*.toml"):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "unverified",
    [
        r"1\s?:\s?75|1\s?:\s?150",  # legal Betreuungsschlüssel
        r"(?i)werte? 1 (und|oder) 2",  # what "*" hides
        r"(?i)durchschnitt der (monate eines kalenderjahres|letzten zwölf monate)",  # formulas of JDW and gJDW
        r"(?i)\bIIIc\b.*(halle|magdeburg)|(halle|magdeburg).*\bIIIc\b",
        r"(?i)unverified|ungeprüft",
        r"(?i)sechs weitere monate|K2E3.*älter",  # lag of K2E3
    ],
)
def test_nothing_unverified_is_shipped(unverified: str) -> None:
    assert [name for name, text in texts() if re.search(unverified, text)] == []


def test_the_texts_are_german_and_typographically_clean() -> None:
    for name, text in texts():
        prose = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        assert "  " not in prose, name
        assert not re.search(r'[a-zäöüß]"[a-zäöüß]', prose), name
        assert not re.search(r"\b(the|and|with|share|rate of)\b", prose), name
        assert "..." not in prose, name
