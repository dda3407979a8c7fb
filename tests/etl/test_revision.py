"""A saved format opened again: what was chosen comes back, what nobody asks stays, and what would be read differently is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.assigned import Value, Word
from etl.assigned_toml import FormatError, read_format
from etl.changes import NEW, REVISED, VANISHED
from etl.draft import understand
from etl.formats import Format
from etl.lexicon import Lexicon
from etl.load import load_extract
from etl.proposal import Extent, Guess
from etl.read import read_sheets
from etl.revision import effect, opened, readings, revised
from etl.saved import Saved, formats_folder, kept_version, revise_format, save_format, saved_formats
from tests.etl.assigned_files import REPORT, flat, monthly, text_file, toml, with_source
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
LEXICON = Lexicon(CATALOG)


def assigned(format_: Format, **parts: object) -> Format:
    """Return a format with other parts of its assignment."""
    assert format_.assigned is not None
    return with_source(replace(format_, assigned=replace(format_.assigned, **parts)))  # type: ignore[arg-type]


def test_where_the_table_stands_and_what_its_columns_are_comes_back() -> None:
    found = opened(REPORT, read_sheets(monthly()))
    assert found is not None
    assert found.extents[""] == Extent(4, 5, 7, 8), "the footer ends it"
    assert found.columns[""] == {
        "jobcenter": Guess("jobcenter"),
        "elb | insgesamt": Guess("wert", "elb"),
        "elb | frauen": Guess("wert", "elb", "frauen"),
        "arbeitslose elb | insgesamt": Guess("wert", "elb", "arbeitslose"),
        "bemerkung": Guess("anmerkung"),
    }
    assert opened(REPORT, read_sheets(text_file("a;b", "1;2"))) is None


def test_what_nobody_is_asked_for_stays_as_it_was_written() -> None:
    before = assigned(
        REPORT,
        values=(Value("elb | insgesamt", "elb", einheit="personen", art="plan"),),
        words=(Word("jobcenter", "Summe"), Word("jobcenter", "Hal", "halle")),
    )
    chosen = assigned(
        replace(REPORT, id="anderer-name", name="Anderer Name"),
        words=(Word("jobcenter", "Summe", "de"),),
        ends="^neu",
    )
    after = revised(before, chosen)
    assert after.assigned is not None
    assert (after.id, after.name) == (REPORT.id, "Anderer Name")
    assert after.assigned.values[0] == Value("elb | insgesamt", "elb", einheit="personen", art="plan")
    assert after.assigned.words == (Word("jobcenter", "Summe", "de"), Word("jobcenter", "Hal", "halle"))
    assert REPORT.assigned is not None
    assert after.assigned.ends == REPORT.assigned.ends
    moved = revised(before, chosen, same_end=False).assigned
    assert moved is not None
    assert moved.ends == "^neu"


def test_a_new_version_tells_what_it_reads_differently_and_replaces_only_what_it_was_made_from(
    tmp_path: Path,
) -> None:
    first = save_format(tmp_path, toml(REPORT))
    assert load_extract(tmp_path, monthly()).outcome == "loaded"
    (entry,) = readings(tmp_path, first.id)

    def told(version: Format) -> tuple[int, dict[str, int]]:
        found = effect(tmp_path, entry, version, CATALOG)
        return found.same, dict(found.rows["what"].value_counts().iter_rows())

    assert told(first) == (6, {})
    assert first.assigned is not None
    ours = first.assigned.values
    assert told(assigned(first, values=ours[:2])) == (4, {VANISHED: 2})
    other = (ours[0], replace(ours[1], merkmal="maenner"), ours[2])
    assert told(assigned(first, values=other)) == (4, {VANISHED: 2, NEW: 2})
    swapped = (replace(ours[0], merkmal="frauen"), replace(ours[1], merkmal=""), ours[2])
    assert told(assigned(first, values=swapped)) == (2, {REVISED: 4})
    lost = effect(tmp_path, entry, assigned(first, title="Steht nirgends"), CATALOG)
    assert lost.problem == "Die neue Fassung erkennt sie nicht wieder."
    broken = effect(
        tmp_path, entry, assigned(first, words=(Word("jobcenter", "Harburg", "Niemandsland"),)), CATALOG
    )
    assert broken.problem.startswith("Das Jobcenter »Niemandsland« ist nicht bekannt.")

    second = revise_format(tmp_path, assigned(first, values=ours[:2]), first.version)
    assert saved_formats(tmp_path).formats == (second,)
    assert kept_version(tmp_path, entry.format_version, first.id) == first
    with pytest.raises(FormatError, match="hat inzwischen jemand geändert"):
        revise_format(tmp_path, assigned(first, values=ours[:1]), first.version)
    (formats_folder(tmp_path) / f"{first.id}.toml").unlink()
    with pytest.raises(FormatError, match="hat inzwischen jemand entfernt"):
        revise_format(tmp_path, second, second.version)


def test_a_word_may_mean_a_jobcenter_beyond_the_catalog_by_its_number_and_name() -> None:
    word = Word("jobcenter", "Kreis G.", "jc-03210", name="JC Güstrow")
    base = (
        flat(columns=REPORT.assigned.columns[:1], given={"zeitbezug": "stichtag"})
        if REPORT.assigned
        else flat()
    )
    named = assigned(base, words=(word,), asked=("zeitraum",))
    assert read_format(toml(named), "x.toml", LEXICON) == named
    with pytest.raises(FormatError, match="Der Name von jc-03210 fehlt"):
        read_format(toml(assigned(named, words=(replace(word, name=""),))), "x.toml", LEXICON)
    with pytest.raises(FormatError, match="»jc-1« ist nicht bekannt"):
        read_format(toml(assigned(named, words=(replace(word, means="jc-1"),))), "x.toml", LEXICON)
    file = text_file("Jobcenter;Monat;ELB", "Kreis G.;2012-06;4.200", "Halle (Saale);2012-06;21.000")
    monthly_ = assigned(
        named,
        columns=(
            *(named.assigned.columns if named.assigned else ()),
            replace(named.assigned.columns[0], name="monat", read_as="zeitraum"),
        ),  # type: ignore[union-attr]
        asked=(),
    )
    made = understand(file, CATALOG, date(2026, 11, 28), Saved((monthly_,)))
    assert made.tidied is not None
    assert made.tidied.frame.select("jobcenter", "value").rows() == [("jc-03210", 4200.0), ("halle", 21000.0)]
    assert [(area.id, area.name, area.kind, area.key) for area in made.tidied.areas] == [
        ("jc-03210", "JC Güstrow", "jobcenter", "03210")
    ]
