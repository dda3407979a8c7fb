"""How long a load of many files still takes: judged by what is done, not by how many files there are."""

from pages.components.pace import Pace


def test_the_time_left_is_judged_by_sizes_once_some_time_has_passed() -> None:
    now = [100.0]
    pace = Pace([10, 30, 60], lambda: now[0])
    assert [pace.share(done) for done in range(4)] == [0, 0.1, 0.4, 1]
    assert pace.left(0) == ""
    now[0] += 9
    assert pace.left(1) == "", "too early to say"
    now[0] += 31
    assert pace.left(1) == "Noch etwa 6 Minuten. ", "40 seconds for a tenth leave 360"
    assert pace.left(2) == "Noch höchstens eine Minute. ", "40 seconds for four tenths leave 60"


def test_empty_files_have_a_pace() -> None:
    assert Pace([0, 0]).share(1) == 0
    assert Pace([0, 0]).left(1) == ""
