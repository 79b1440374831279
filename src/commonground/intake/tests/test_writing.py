"""What is written is read back the same, and no cell of it runs in a spreadsheet."""

from datetime import date

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.facts import CHANGE_KINDS, Person, RoleChange, Row, Workflow
from commonground.analysis.tables import TABLES
from commonground.intake.checking import check
from commonground.intake.headers import match
from commonground.intake.reading import read_tables
from commonground.intake.references import fold
from commonground.intake.tests.sheets import read
from commonground.intake.writing import cells_of, guarded, headers_of, rows_kept_out, write_csv, write_xlsx

LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co"), exclude_characters="\ufeff"
)
MARKS = st.sampled_from(
    ["=1+1", "'=1", "''+x", "-", "+49", "@me", 'a "b"', "a,b;c|d", "a\nb", "17.0x", "=cmd|'/c'!A1", "'"]
)
TEXTS = st.one_of(MARKS, st.text(LETTERS, min_size=1, max_size=12)).map(str.strip).filter(bool)
PLAIN = st.text("abcxyzäöüß ", min_size=1, max_size=12).map(str.strip).filter(bool)
DAYS = st.dates(date(1950, 1, 1), date(2068, 12, 31))


def rows_of_people(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Person]]:
    maybe = st.one_of(st.none(), texts)
    flags, days = st.one_of(st.none(), st.booleans()), st.one_of(st.none(), DAYS)
    cells = st.tuples(texts, texts, maybe, maybe, flags, days)
    made = cells.map(
        lambda cell: Person(cell[0], cell[1], level=cell[2], location=cell[3], front_office=cell[4], start=cell[5])
    )
    return st.lists(made, max_size=6, unique_by=lambda person: fold(person.id))


def read_back(table: str, data: bytes, name: str) -> list[Row]:
    raw = read_tables(data, name)[0]
    return check(raw, TABLES[table], match(TABLES[table], raw.headers, raw.rows)).rows


@settings(max_examples=150, deadline=None)
@given(
    rows_of_people(TEXTS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_people_written_as_csv_are_read_back(people: list[Person], encoding: str, separator: str) -> None:
    table = TABLES["people"]
    data = write_csv(headers_of(table), map(cells_of, people), encoding=encoding, separator=separator)
    assert read_back("people", data, "people.csv") == people


@settings(max_examples=60, deadline=None)
@given(rows_of_people(PLAIN), st.sampled_from(["cp1252", "iso8859_15"]), st.sampled_from([",", ";", "\t"]))
def test_people_of_one_language_are_read_back_from_older_encodings(
    people: list[Person], encoding: str, separator: str
) -> None:
    data = write_csv(headers_of(TABLES["people"]), map(cells_of, people), encoding=encoding, separator=separator)
    assert read_back("people", data, "people.csv") == people


@settings(max_examples=60, deadline=None)
@given(rows_of_people(TEXTS.filter(lambda text: "\r" not in text and text.isprintable() and text[0] != "#")))
def test_any_people_written_as_a_workbook_are_read_back(people: list[Person]) -> None:
    data = write_xlsx([("people", headers_of(TABLES["people"]), map(cells_of, people))])
    assert read_back("people", data, "people.xlsx") == people


@given(st.sampled_from(CHANGE_KINDS), st.sampled_from((-3, -2, -1, 1, 2, 3)), TEXTS)
def test_sizes_below_zero_are_no_formulas(kind: str, size: int, words: str) -> None:
    row = RoleChange(role="r", kind=kind, size=size, words=words)
    data = write_csv(headers_of(TABLES["role_changes"]), [cells_of(row)])
    assert read_back("role_changes", data, "role_changes.csv") == [row]


@pytest.mark.parametrize("hours", [0.5, 12.0, 1234.25])
def test_numbers_are_read_back(hours: float) -> None:
    row = Workflow(id="w", name="W", median_lead_working_hours=hours)
    data = write_csv(headers_of(TABLES["workflows"]), [cells_of(row)])
    assert read_back("workflows", data, "workflows.csv") == [row]


@given(TEXTS)
def test_no_written_text_starts_as_a_formula_does(text: str) -> None:
    assert guarded(text)[0] not in "=+-@\t\r"


def test_a_text_too_long_for_a_workbook_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="longer than a cell"):
        write_xlsx([("people", ["id"], [["x" * 40_000]])])


def test_rows_kept_out_come_back_with_what_to_do_about_each() -> None:
    checked = read("people", "Employee ID,name,manager,salary\n1,Ana,,10\n2,Ben,99,20\n3,,98,30\n")
    headers, rows = rows_kept_out(checked)
    assert headers == ["Employee ID", "name", "manager", "row", "column", "value", "why", "remedy"]
    assert [row[:6] for row in rows] == [
        ["2", "Ben", "99", 3, "manager", "99"],
        ["3", "", "98", 4, "name", None],
        ["3", "", "98", 4, "manager", "98"],
    ]
    mended = write_csv(headers, rows[:1]).replace(b",99,3", b",,3")
    assert [row.id for row in read("people", mended).rows] == ["2"]


def test_the_same_rows_are_the_same_bytes_whenever_they_are_written():
    with time_machine.travel("2026-03-01 08:00"):
        first = write_xlsx([("people", ["id", "from"], [["p1", date(2026, 1, 5)]])])
    with time_machine.travel("2026-03-02 09:30"):
        assert write_xlsx([("people", ["id", "from"], [["p1", date(2026, 1, 5)]])]) == first
