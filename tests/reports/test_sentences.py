"""What a pinned view says is built from its figures; what has changed is told once, in German."""

from pages.reports.sentences import changes, paragraph, said, sentence
from warehouse.mappen import OwnText, Pin, Told


def told(*rows: dict[str, str], title: str = "Halle (Saale) vor Magdeburg", **said: str) -> Told:
    return Told(
        title, f"{title}.", rows=rows, notes={"Quelle": "BA-Statistik", "Datenstand": "14.04.2020"}, **said
    )


def row(figure: str, period: str = "Jun 2019", **more: str) -> dict[str, str]:
    return {"Jobcenter": "Halle (Saale)", "Kennzahl": "ELB", "Zeitraum": period, "Angabe": figure, **more}


def test_a_sentence_has_its_date_and_a_paragraph_its_source() -> None:
    assert sentence(told(row("22.389"))) == "Halle (Saale) vor Magdeburg (Jun 2019)."
    assert sentence(told(row("1"), row("2", "Jul 2019"))) == (
        "Halle (Saale) vor Magdeburg (2 Zeiträume; Datenstand 14.04.2020)."
    )
    assert sentence(told(row("22.389"), title="ELB im Jun 2019")) == "ELB im Jun 2019."
    assert paragraph(told(row("22.389"), reading="Jeder Balken ist ein Jobcenter.")) == (
        "Halle (Saale) vor Magdeburg (Jun 2019). Jeder Balken ist ein Jobcenter. "
        "Die Zahlen stammen aus: BA-Statistik (Datenstand 14.04.2020)."
    )


def test_changes_name_wording_rank_and_value() -> None:
    before = told(row("22.389", Rang="3"), title="Rang 3")
    assert changes(before, before) == []
    assert changes(before, told(row("22.400", Rang="2"), title="Rang 2")) == [
        "Wortlaut: »Rang 3« → »Rang 2«",
        "Halle (Saale), ELB, Jun 2019: 22.389 → 22.400",
        "Halle (Saale), ELB, Jun 2019: Rang 3 → 2",
    ]


def test_a_period_that_moved_on_is_told_with_both_periods() -> None:
    assert changes(told(row("22.389")), told(row("22.100", "Jul 2019"))) == [
        "Halle (Saale), ELB: 22.389 (Jun 2019) → 22.100 (Jul 2019)"
    ]
    assert changes(told(), told(row("5"))) == ["neu: Halle (Saale), ELB 5 (Jun 2019)"]
    assert changes(told(row("5")), told()) == ["entfallen: Halle (Saale), ELB 5 (Jun 2019)"]


def test_many_changes_are_counted() -> None:
    rows = [row("1", f"Tag {number}") for number in range(20)]
    found = changes(told(*rows), told(*({**each, "Angabe": "2"} for each in rows)))
    assert len(found) == 13
    assert found[-1] == "und 8 weitere Änderungen"


def test_an_own_text_is_kept_and_flagged_when_the_figures_are_others() -> None:
    first, later = told(row("22.389")), told(row("22.400"))
    pin = Pin(
        "1", "ziele", "soll-ist", 3, told=first, texts={"satz": OwnText("Es sind 22.389.", first.figures)}
    )
    assert said(pin, "satz") == "Es sind 22.389."
    assert said(pin, "alternativtext") == "Halle (Saale) vor Magdeburg."
    assert pin.stale == ()
    assert Pin("1", "ziele", "soll-ist", 4, told=later, texts=pin.texts).stale == ("satz",)
