"""Exports of ledgers as they come: German and English, debit and credit, totals, brackets, thousands, days in two orders."""

from datetime import date

import pytest

from commonground.analysis.plan.ledger import COMMITTED
from commonground.intake.ledger_files import bare_number, found_columns, money_of, read_ledger
from commonground.intake.problems import BadInput
from commonground.intake.writing import write_xlsx

ENGLISH = b"""Ledger of the program
Posting Date,Document No.,G/L Account,Account name,Text,Amount,Type,Entered by
03/31/2026,D-1,6510,Rooms,Rooms in March,"1,200.00",Actual,Jo
04/15/2026,D-2,6510,Rooms,Rooms in April,"2,400.50",Actual,Jo
04/16/2026,D-3,6520,Licences,First year,"10,000.00",Commitment,Jo
04/17/2026,D-4,6520,Licences,Credit,(500.25),Actual,Jo
,,6510,,Total,"3,600.50",,
,,,,Grand total,"13,100.25",,
"""
GERMAN = (
    "Buchungsdatum;Belegnummer;Konto;Buchungstext;Soll;Haben\r\n31.03.2026;B1;6510;Räume;1.200,00;\r\n"
    "02.04.2026;B2;6510;Gutschrift;;200,00\r\nSumme;;;;1.200,00;200,00\r\n"
)


def read(data: bytes, **more):
    return read_ledger(data, "ledger.csv", currency="EUR", **more)


def test_an_english_export_with_totals():
    found = read(ENGLISH)
    assert [one.amount for one in found.bookings] == [120_000, 240_050, 1_000_000, -50_025]
    assert found.bookings[0].day == date(2026, 3, 31)
    assert (found.bookings[2].kind, found.bookings[2].reference, found.bookings[2].account) == (
        COMMITTED,
        "D-3",
        "6520",
    )
    assert found.stated == {"6510": 360_050, "": 1_310_025}
    assert (found.left_out, found.kept_out, found.missing) == (["Entered by"], (), [])


def test_a_german_export_with_debit_and_credit():
    found = read(GERMAN.encode("cp1252"))
    assert [(one.amount, one.words) for one in found.bookings] == [(120_000, "Räume"), (-20_000, "Gutschrift")]
    assert found.stated == {"": 100_000}


def test_a_workbook_keeps_its_numbers():
    sheet = write_xlsx(
        [("Bookings", ["Date", "Amount", "Account"], [["2026-03-31", 1234.567, "65"], ["2026-04-01", 1500, "65"]])]
    )
    found = read_ledger(sheet, "ledger.xlsx", currency="EUR")
    assert [one.amount for one in found.bookings] == [123_457, 150_000]


@pytest.mark.parametrize(
    ("text", "comma", "amount"),
    [
        ("1,500", None, 150_000),  # of a currency with cents three digits behind a mark are thousands
        ("1.500", None, 150_000),
        ("1.500", True, 150_000),
        ("1.500", False, 150),
        ("€ 1'200.50", None, 120_050),
        ("-3.20", None, -320),
        ("3,20-", True, -320),
        ("(3.20)", False, -320),
        ("−12", None, -1200),
    ],
)
def test_amounts_as_people_write_them(text, comma, amount):
    assert money_of(text, comma, "EUR") == amount


def test_minuses_and_brackets():
    assert bare_number("EUR (1,234.50)") == "-1,234.50"
    with pytest.raises(ValueError, match=r"^$"):
        money_of("see below", None, "EUR")


def test_rows_that_cannot_be_read_are_listed_with_why():
    rows = (
        b"2026-03-31,12.00,65,EUR",
        b"2026-03-31,soon,65,EUR",
        b",5.00,65,EUR",
        b"2026-04-01,9.00,65,USD",
        b"2026-04-01,,65,",
    )
    data = b"date,amount,account,currency\n" + b"\n".join(rows)
    found = read(data)
    assert len(found.bookings) == 1
    assert [(row, column, value) for row, column, value, _ in found.kept_out] == [
        (3, "amount", "soon"),
        (4, "date", ""),
        (5, "currency", "USD"),
        (6, "amount", ""),
    ]
    assert found.kept_out[0][3] == "“soon” is no amount. Write it as 1,234.50."


def test_days_that_can_be_read_in_two_ways_are_asked_for():
    data = b"date,amount\n03/04/2026,1.00\n05/04/2026,2.00\n"
    assert [why for *_, why in read(data).kept_out] == [
        "“03/04/2026” may be read as day first or month first. Say which under “Name the columns”.",
        "“05/04/2026” may be read as day first or month first. Say which under “Name the columns”.",
    ]
    assert [one.day for one in read(data, prefer="day first").bookings] == [date(2026, 4, 3), date(2026, 4, 5)]


def test_columns_can_be_named_and_without_the_needed_ones_nothing_is_read():
    data = b"when,how much,whatever\n2026-03-31,7.00,x\n"
    found = read(data)
    assert (found.missing, found.bookings) == (["day", "amount"], ())
    named = read(data, columns={"day": "when", "amount": "how much"})
    assert [one.amount for one in named.bookings] == [700]
    assert named.left_out == ["whatever"]
    assert found_columns(["Date", "Debit", "Credit", "Amount"]) == {"day": "Date", "amount": "Amount"}


def test_what_is_no_table_is_refused_in_a_sentence():
    with pytest.raises(BadInput):
        read(b"%PDF-1.7 nothing here")
