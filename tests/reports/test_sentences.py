"""What a pinned view says is built from its figures; what has changed is told once, in German."""

from pages.reports.sentences import changes, figures, paragraph, said, sentence, when
from warehouse.mappen import OwnText, Pin, Told


def told(*rows: dict[str, str], title: str = "Halle (Saale) vor Magdeburg", **said: str) -> Told:
    return Told(
        title, f"{title}.", rows=rows, notes={"Quelle": "BA-Statistik", "Datenstand": "14.04.2020"}, **said
    )


def row(figure: str, period: str = "Jun 2019", **more: str) -> dict[str, str]:
    return {"Jobcenter": "Halle (Saale)", "Kennzahl": "ELB", "Zeitraum": period, "Angabe": figure} | more


def test_a_sentence_has_its_date_and_its_figures() -> None:
    assert sentence(told(row("22.389"))) == "Halle (Saale) vor Magdeburg. Im Juni 2019: Halle (Saale) 22.389."
    assert sentence(told(row("22.389"), title="22.389 ELB")) == "22.389 ELB (Jun 2019)."
    assert sentence(told(row("22.389"), title="ELB im Jun 2019")) == "ELB im Jun 2019."
    several = told(row("1"), row("2", "Jul 2019", Kennzahl="BG"))
    assert sentence(several) == "Halle (Saale) vor Magdeburg (2 Zeiträume; Datenstand 14.04.2020)."


def test_figures_are_listed_by_area_each_with_its_period_where_they_differ() -> None:
    assert figures(told(row("5"), row("7", Jobcenter="Magdeburg"), row("6", Jobcenter="Nordsachsen"))) == (
        "Im Juni 2019: Halle (Saale) 5, Magdeburg 7 und Nordsachsen 6."
    )
    assert figures(told(row("5"), row("7", "2018", Jobcenter="Magdeburg"))) == (
        "Neueste Werte: Halle (Saale) 5 (Jun 2019) und Magdeburg 7 (2018)."
    )
    assert figures(told(row("5"), row("6", Kennzahl="BG"))) == ""
    assert figures(told(row("33,5 %", Kennzahl=""))) == ""  # a share, of what the title does not say
    assert figures(told(row("5"), row("6", Art="Soll"))) == "Im Juni 2019: Halle (Saale) 5."


def test_persons_are_named_once_and_many_data_dates_not_at_all() -> None:
    persons = [row("5", Einheit="Personen"), row("7", Jobcenter="Magdeburg", Einheit="Personen")]
    assert figures(told(*persons)) == "Im Juni 2019: Halle (Saale) 5 und Magdeburg 7 Personen."
    notes = {"Berichtszeitraum": "siehe Tabelle", "Datenstand": ", ".join(["Magdeburg 24.02.2020"] * 5)}
    assert when(Told("T", notes=notes)) == "mehrere Datenstände"
    assert when(Told("T", notes={"Berichtszeitraum": "Dez 2019"})) == "Dez 2019"
    assert when(Told("T")) == ""


def test_a_single_area_is_held_against_the_year_before_where_the_difference_is_a_count() -> None:
    exact = {"Einheit": "Personen", "Genauigkeit": "exakt"}
    before, now = (
        row("1.039", "Jul 2020", Wert="1039.0", **exact),
        row("989", "Jul 2021", Wert="989.0", **exact),
    )
    assert figures(told(before, now)) == (
        "Im Juli 2021: Halle (Saale) 989 Personen. Ein Jahr zuvor waren es 1.039 Personen; "
        "das sind jetzt 50 weniger (−4,8\N{NO-BREAK SPACE}%)."
    )
    assert "zuvor" not in figures(told({**before, "Genauigkeit": "ungefähr"}, now))
    assert "zuvor" not in figures(told({**before, "Zeitraum": "Jun 2020"}, now))
    assert "zuvor" not in figures(told({**before, "Einheit": "%"}, {**now, "Einheit": "%"}))


def test_a_paragraph_has_title_figures_reading_and_source() -> None:
    assert paragraph(told(row("22.389"), reading="Jeder Balken ist ein Jobcenter.")) == (
        "Halle (Saale) vor Magdeburg. Im Juni 2019: Halle (Saale) 22.389. Jeder Balken ist ein Jobcenter. "
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
