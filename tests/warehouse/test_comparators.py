"""Who belongs to a group, under every comparator; what is not loaded is said and never guessed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.peers import CATALOG, assigned, country
from warehouse.areas import existing
from warehouse.comparators import Group, Known, comparators, group_of
from warehouse.likeness import STRUCTURE, most_alike
from warehouse.own_groups import FILE, GroupsError, OwnGroup, read_groups, remove_group, save_group

JUNE, TODAY = date(2019, 6, 30), date(2026, 1, 1)
LOOSE = replace(CATALOG, method=replace(CATALOG.method, least=1))
TEN = [f"jc-{each:05}" for each in range(10)]


def known(*rows: tuple[str, str, str], form: str = "", saved: tuple[OwnGroup, ...] = ()) -> Known:
    return Known(country(), assigned(*rows, form=form), saved=saved, today=TODAY)


def of(
    made: Known, comparator: str, area: str = "nordsachsen", on: date = JUNE, level: str = "jobcenter"
) -> Group:
    return group_of(CATALOG, made, comparator, area, on, level=level)


def test_without_a_list_nobody_is_guessed() -> None:
    for area, said in (("halle", "nicht hinterlegt"), ("nordsachsen", "nur dieses Jobcenter hinterlegt")):
        found = of(known(), "typ", area)
        assert found.members == ()
        assert said in found.reason
        assert "Zuordnung zu Vergleichstypen" in found.remedy


def test_the_type_valid_in_the_month_and_the_one_of_today() -> None:
    made = known(
        *((id_, "IIId", "2014-02-01") for id_ in TEN), ("nordsachsen", "IIId", "2019-01-01"), (TEN[0], "IIIa", "2024-01-01"),
        (TEN[9], "Ib", "2018-01-01"), (TEN[9], "IIId", "2024-01-01"),
    )  # fmt: skip
    then, now = of(made, "typ"), of(made, "typ-heute")

    assert (then.name, then.edition, then.own_calculation) == ("Vergleichstyp IIId", "2019", False)
    assert then.members == tuple(sorted([*TEN[:9], "nordsachsen"]))
    assert now.members == tuple(sorted([*TEN[1:], "nordsachsen"]))
    assert then.changed == ("JC 0: IIId, heute IIIa", "JC 9: Ib, heute IIId")
    assert now.changed == ("JC 0: IIIa, am 30.06.2019 IIId", "JC 9: IIId, am 30.06.2019 Ib")


def test_a_type_that_is_valid_only_later_is_said() -> None:
    found = of(known(("halle", "IIIc", "2024-01-01")), "typ", "halle")

    assert (
        found.reason
        == "Für diesen Zeitraum ist kein Vergleichstyp hinterlegt; die hinterlegte Zuordnung gilt erst ab 01.01.2024."
    )


def test_contradicting_lists_name_no_type() -> None:
    found = of(known(("halle", "IIIc", "2019-01-01"), ("halle", "IIIb", "2019-01-01")), "typ", "halle")

    assert found.members == ()
    assert "verschiedene Vergleichstypen" in found.reason


def test_land_and_part() -> None:
    made = known()

    assert of(made, "land").name == "Sachsen"
    assert of(made, "land").members == tuple(sorted([*TEN, "jc-00010", "jc-00011", "nordsachsen"]))
    assert set(of(made, "west-ost").members) == {*of(made, "land").members, "halle", "magdeburg"}
    assert of(made, "west-ost", "harburg").members == ("harburg", "me-aktiv")
    assert of(made, "land", level="kreis").members == ("kr-14001", "nordsachsen"), (
        "Kreise are never mixed with Jobcenter"
    )


def test_a_land_that_no_delivery_tells_is_said() -> None:
    found = group_of(CATALOG, Known(country(2, land="")), "land", "jc-00000", JUNE)

    assert found.members == ()
    assert found.reason == "Zu welchem Land JC 0 gehört, sagt keine Lieferung."
    assert "Monatszahlen" in found.remedy


def test_legal_forms_are_compared_only_where_a_list_tells_them() -> None:
    assert "nur für die Jobcenter dieses Werkzeugs" in of(known(), "traegerform").reason
    made = known(("jc-00000", "Ia", "2019-01-01"), ("jc-00001", "Ia", "2019-01-01"), form="gE")
    found = of(made, "traegerform")
    assert found.name == "Trägerform gE"
    assert set(found.members) == {*CATALOG.jobcenters, "jc-00000", "jc-00001"}
    assert found.notes == ("Für 10 Jobcenter ist die Trägerform nicht hinterlegt.",)
    assert "nicht hinterlegt" in of(made, "traegerform", "jc-00005").reason


def test_ours_and_all() -> None:
    assert of(known(), "unsere").members == tuple(sorted(CATALOG.jobcenters))
    joined = of(known(), "unsere", "jc-00003")
    assert (joined.name, joined.size, joined.notes) == ("Unsere fünf und JC 3", 6, ())
    assert (of(known(), "unsere", "halle").name, of(known(), "unsere", "halle").size) == ("Unsere fünf", 5)
    assert of(known(), "deutschland").size == 17
    types = (("halle", "IIIc", "2019-01-01"), ("harburg", "Ib", "2019-01-01"))
    assert of(known(*types), "unsere").notes == ("Unterschiedliche Vergleichstypen.",)


def test_types_and_forms_are_no_matter_of_kreise() -> None:
    for comparator in ("typ", "typ-heute", "traegerform"):
        assert "liegt für Kreise vor" in of(known(), comparator, level="kreis").reason


def structural(**values: list[float | None]) -> pl.DataFrame:
    """Return structural values by variable, of nordsachsen and jc-00000, jc-00001, …"""
    rows = [
        (area, variable, value, JUNE, JUNE)
        for variable, column in values.items()
        for area, value in zip(["nordsachsen", *TEN], column, strict=False)
        if value is not None
    ]
    return pl.DataFrame(rows, schema=STRUCTURE, orient="row")


def test_the_most_alike_are_the_nearest_in_standardised_variables() -> None:
    # shares 10, 11, 12, …: the farther, the less alike; the spread of the second variable is a hundred times larger
    frame = structural(frauen=[10, 11, 12, 13, 14], auslaender=[1000, 1100, 1200, 1300, 1400])
    found = most_alike(LOOSE, frame, "nordsachsen", 5)

    assert found.neighbours == ("jc-00000", "jc-00001", "jc-00002", "jc-00003")
    # robust: median 12, median of deviations 1 → one step is 1 ÷ 1,4826 in both variables
    assert found.distances["distance"].to_list() == pytest.approx([each / 1.4826 for each in (1, 2, 3, 4)])
    assert set(found.used) == {"frauen", "auslaender"}


def test_a_variable_that_is_missing_is_dropped_for_all_and_said() -> None:
    frame = structural(
        frauen=[10, 11, 12, 13, 14], auslaender=[None, 1, 2, 3, 4], groesse=[1, 10, 100, None, None]
    )
    found = most_alike(LOOSE, frame, "nordsachsen", 5)

    assert list(found.used) == ["frauen"]
    assert found.dropped["auslaender"] == "nur für 4 von 5 Gebieten geladen"
    assert found.dropped["groesse"] == "nur für 3 von 5 Gebieten geladen"
    assert found.dropped["wohnkosten"] == "nicht für die meisten Gebiete geladen"
    assert (
        most_alike(LOOSE, structural(frauen=[1] * 5), "nordsachsen", 5).dropped["frauen"] == "überall gleich"
    )


def test_sizes_are_compared_by_their_logarithm() -> None:
    found = most_alike(LOOSE, structural(groesse=[100, 10, 1000, 10_000, 1]), "nordsachsen", 5)

    assert set(found.neighbours[:2]) == {"jc-00000", "jc-00001"}, (
        "ten times fewer is as far as ten times more"
    )
    assert found.distances["distance"][0] == pytest.approx(found.distances["distance"][1])


def test_the_group_of_the_most_alike_is_our_own_calculation() -> None:
    areas = country(4)
    every = [
        (id_, variable, float(number * factor), JUNE, JUNE)
        for number, id_ in enumerate(areas.filter(pl.col("level") != "kreis")["id"])
        for variable, factor in (("frauen", 1), ("auslaender", 2), ("unter-25", 3))
    ]
    frame = pl.DataFrame(every, schema=STRUCTURE, orient="row")
    found = of(Known(areas, structure=frame), "aehnlich")

    assert found.own_calculation
    assert (found.size, found.source) == (9, "eigene Berechnung")
    assert "Anteil Frauen (30.06.2019)" in found.notes[0]
    two = Known(areas, structure=frame.filter(pl.col("variable") != "frauen"))
    assert (
        of(two, "aehnlich").reason
        == "Nur 2 von 8 Strukturmerkmalen liegen für diese Gebiete vor; nötig sind 3."
    )


def test_a_jobcenter_is_no_kreis_unless_the_catalog_says_so() -> None:
    found = of(known(), "land", "jc-00001", level="kreis")

    assert found.members == ()
    assert found.reason.startswith("Diese Kennzahl liegt für Kreise vor; welches Gebiet JC 1 entspricht")


def test_dissolved_areas_and_later_ones_are_no_members() -> None:
    spans = pl.DataFrame(
        {
            "jobcenter": ["jc-00000", "jc-00001", "jc-00002", "jc-00003"],
            "first_start": [date(2010, 1, 1), date(2010, 1, 1), date(2010, 1, 1), date(2019, 10, 1)],
            "last_end": [date(2025, 1, 1), date(2018, 12, 31), date(2019, 3, 31), date(2025, 1, 1)],
        }
    )
    there = existing(country(4), spans, date(2019, 6, 1), JUNE)

    assert there.filter(pl.col("level") == "jobcenter")["id"].to_list() == ["jc-00000", "jc-00002"], (
        "three months late is late"
    )
    assert there.filter(pl.col("level") == "own").height == 5


def test_own_groups_are_kept_replaced_and_removed(tmp_path: Path) -> None:
    save_group(tmp_path, OwnGroup("Nachbarn", ("halle", "jc-00001"), "Li", "2026-01-01"))
    save_group(tmp_path, OwnGroup("nachbarn ", ("halle", "halle", "jc-00002")))
    save_group(tmp_path, OwnGroup("Alte", ("harburg",)))

    assert [(group.name, group.members) for group in read_groups(tmp_path)] == [
        ("Alte", ("harburg",)),
        ("nachbarn", ("halle", "jc-00002")),
    ]
    remove_group(tmp_path, "ALTE")
    remove_group(tmp_path, "gibt es nicht")
    saved = read_groups(tmp_path)
    assert [group.name for group in saved] == ["nachbarn"]
    assert comparators(CATALOG, saved)["nachbarn"] == "gruppe:nachbarn"
    found = of(known(saved=saved), "gruppe:nachbarn")
    assert found.members == ("halle", "jc-00002", "nordsachsen")
    assert found.notes == ("Das gewählte Jobcenter ist hinzugenommen.",)
    assert "gibt es nicht" in of(known(), "gruppe:fort").reason


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"gruppen": 1}', '{"gruppen": [{"name": 1, "members": []}]}', "\xff"]
)
def test_a_broken_file_of_groups_is_told_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="latin-1")

    with pytest.raises(GroupsError, match="nicht lesbar"):
        read_groups(tmp_path)
    with pytest.raises(GroupsError, match="nicht lesbar"):
        save_group(tmp_path, OwnGroup("Neu", ("halle",)))
    assert (tmp_path / FILE).read_text(encoding="latin-1") == content


@pytest.mark.parametrize(
    ("name", "members", "message"),
    [
        (" ", ("halle",), "leer oder zu lang"),
        ("x" * 61, ("halle",), "zu lang"),
        ("land", ("halle",), "heißt schon"),
        ("N", (), "keine Mitglieder"),
    ],
)
def test_a_group_needs_a_name_of_its_own_and_members(
    tmp_path: Path, name: str, members: tuple[str, ...], message: str
) -> None:
    with pytest.raises(GroupsError, match=message):
        save_group(tmp_path, OwnGroup(name, members), taken=comparators(CATALOG))
    assert not (tmp_path / FILE).exists()
