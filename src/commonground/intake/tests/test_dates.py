"""One layout for a whole column of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.intake.dates import DAY_FIRST, MONTH_FIRST, NAMED, SERIAL, YEAR_FIRST, read_days

DAY = date(2024, 3, 17)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("2024-03-17", YEAR_FIRST),
        ("2024/3/17", YEAR_FIRST),
        ("20240317", YEAR_FIRST),
        ("2024-03-17T23:59:00Z", YEAR_FIRST),
        ("2024-03-17 08:00:00.000+01:00", YEAR_FIRST),
        ("17/03/2024", DAY_FIRST),
        ("17.3.24", DAY_FIRST),
        ("17-03-2024 8:15", DAY_FIRST),
        ("03/17/2024", MONTH_FIRST),
        ("3/17/2024 11:30 PM", MONTH_FIRST),
        ("17 March 2024", NAMED),
        ("17-MAR-24", NAMED),
        ("March 17, 2024", NAMED),
        ("17. März 2024", NAMED),
        ("17 mars 2024", NAMED),
        ("17 de marzo de 2024", NAMED),
        ("17 maart 2024", NAMED),
        ("Sun, 17 Mar 2024", NAMED),
        ("45368", SERIAL),
        ("45368.5", SERIAL),
    ],
)
def test_each_layout(text: str, layout: str) -> None:
    found = read_days([text, ""])
    assert (found.days, found.layout, found.unread, found.undecided) == ([DAY, None], layout, (), ())


def test_one_value_decides_the_whole_column() -> None:
    assert read_days(["03/04/2024", "13/04/2024"]).days == [date(2024, 4, 3), date(2024, 4, 13)]
    assert read_days(["03/04/2024", "04/13/2024"]).days == [date(2024, 3, 4), date(2024, 4, 13)]


def test_where_no_value_tells_the_column_is_asked_for() -> None:
    values = ["03/04/2024", "", "05/05/2024", "07/08/2024"]
    asked = read_days(values)
    assert (asked.days, asked.layout, asked.undecided) == ([None] * 4, None, (0, 3))
    assert read_days(values, prefer=MONTH_FIRST).days[3] == date(2024, 7, 8)
    assert read_days(values, prefer=DAY_FIRST).days[3] == date(2024, 8, 7)


def test_a_preference_does_not_overrule_what_the_column_tells() -> None:
    assert read_days(["13/04/2024"], prefer=MONTH_FIRST).days == [date(2024, 4, 13)]


def test_points_are_day_first() -> None:
    assert read_days(["03.04.2024"]).days == [date(2024, 4, 3)]


def test_three_layouts_in_one_column() -> None:
    found = read_days(["2024-01-15", "2024-01-16", "17/01/2024", "01/18/2024", "2024-01-19"])
    assert found.layout == YEAR_FIRST
    assert [(one.at, one.remedy, one.severity) for one in found.unread] == [
        (2, "Write 2024-01-17.", "error"),
        (3, "Write 2024-01-18.", "error"),
    ]


def test_where_the_other_order_occurs_too_a_value_with_two_readings_is_doubtful() -> None:
    found = read_days(["13/04/2024", "14/04/2024", "04/15/2024", "03/04/2024"])
    assert found.days == [date(2024, 4, 13), date(2024, 4, 14), None, date(2024, 4, 3)]
    assert [(one.at, one.severity) for one in found.unread] == [(2, "error"), (3, "warning")]


@pytest.mark.parametrize("text", ["soon", "2024-02-30", "31.02.2024", "2024", "March 2024", "99/99/9999", "1"])
def test_what_is_no_day(text: str) -> None:
    found = read_days(["2024-01-15", text])
    assert [one.at for one in found.unread] == [1]
    assert "not a day" in found.unread[0].why


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%Y%m%d"]),
)
def test_any_days_written_in_a_sure_layout_are_read_back(days: list[date], layout: str) -> None:
    assert read_days([day.strftime(layout) for day in days]).days == days


@given(st.lists(st.dates(date(1970, 1, 1), date(2069, 12, 31)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_any_days_in_an_unsure_layout_are_read_back_or_asked_for(days: list[date], layout: str) -> None:
    found = read_days([day.strftime(layout) for day in days])
    if found.layout is None:
        assert all(day.day <= 12 for day in days)
    else:
        assert found.days == days


@given(st.lists(st.text(max_size=30)))
def test_no_text_breaks_it(values: list[str]) -> None:
    assert len(read_days(values).days) == len(values)
