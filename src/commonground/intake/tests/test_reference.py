"""The reference page of the sheets says what the code does: its example rows are read, and its words are understood."""

import csv
import io

import pytest

from commonground.analysis.tables import TABLES
from commonground.intake import words
from commonground.intake.headers import match, plain, synonyms
from commonground.intake.reading import read_tables
from commonground.intake.reference import EXAMPLES, SAYS, example, understood
from commonground.intake.together import check_together


def test_every_sheet_is_described_with_a_row():
    assert set(SAYS) == set(TABLES) == set(EXAMPLES)
    for table, row in EXAMPLES.items():
        assert set(row) <= {column.header for column in TABLES[table].columns}


def test_the_rows_shown_are_read_without_a_problem():
    raws = {}
    for name, table in TABLES.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(example(table)))
        writer.writeheader()
        writer.writerow(example(table))
        (raws[name],) = read_tables(text.getvalue().encode(), f"{name}.csv")
    checked, problems, _ = check_together(raws)
    assert problems == []
    assert {name: len(one.rows) for name, one in checked.items()} == dict.fromkeys(TABLES, 1)


@pytest.mark.parametrize("name", TABLES)
def test_the_headers_shown_are_the_ones_understood(name: str):
    table = TABLES[name]
    for column in table.columns:
        shown = {plain(word) for word in (column.header, *understood(table, column.header))}
        assert shown == set(synonyms(name, column.header))
        # a header that means two columns of a sheet goes to the first; alone it is never left out
        assert all(match(table, [word]).columns for word in understood(table, column.header))


def test_every_sheet_has_names_of_its_own():
    assert set(words.SHEETS) == set(TABLES)
