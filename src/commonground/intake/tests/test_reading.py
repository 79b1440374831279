"""Files of every kind become raw tables, or are refused in one sentence."""

import gzip
import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonground.intake.problems import BadInput
from commonground.intake.reading import RawTable, choose, read_tables

PEOPLE = "id,name,unit\n1,Ana Müller,Billing\n2,Zoë Šimůnek,Metering\n"


def one(data: bytes | str, name: str = "people.csv"):
    return read_tables(data.encode() if isinstance(data, str) else data, name)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_found(encoding: str) -> None:
    table = one(PEOPLE.encode(encoding))
    assert table.headers == ("id", "name", "unit")
    assert table.rows == [["1", "Ana Müller", "Billing"], ["2", "Zoë Šimůnek", "Metering"]]


NAMES = [
    ("cp1252", "Ana Müller"),
    ("cp1252", "René Françoise"),
    ("cp1252", "José Núñez"),
    ("cp1252", "Søren Ærø"),
    ("cp1252", "Jürgen Weiß – Büro"),
    ("cp1252", "João Conceição"),
    ("cp1252", "Müller André Niño Åse Weiß Größe"),
    ("cp1252", "Zoë O’Brien"),
    ("cp1250", "Dvořák Růžička Černý"),
    ("cp1250", "Wałęsa Jóźwiak"),
    ("cp1250", "Kovács Ödön Győr"),
    ("cp1251", "Иван Петров"),
    ("koi8_r", "Иван Петров"),
    ("cp1253", "Νίκος Παπαδόπουλος"),
    ("cp1254", "Şükrü Yıldız"),
    ("cp1257", "Jānis Bērziņš"),
    ("mac_roman", "Jürgen Größe"),
    ("cp850", "Jürgen Größe"),
    ("cp932", "山田太郎"),
    ("cp932", "ヤマダ タロウ"),
    ("euc_jp", "さくら 花子"),
    ("gb18030", "王小明"),
    ("euc_kr", "김철수 박영희"),
    ("big5", "王小明 陳大文"),
]


@pytest.mark.parametrize(("encoding", "name"), NAMES)
def test_older_encodings_are_found_from_a_single_name(encoding: str, name: str) -> None:
    table = one(f"id;name\n1;{name}\n2;Ben\n".encode(encoding))
    assert table.rows == [["1", name], ["2", "Ben"]]
    assert table.problems == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found_and_quotes_are_respected(separator: str) -> None:
    other = ";" if separator == "," else ","
    text = f'id{separator}name{separator}note\n1{separator}"Silva{separator} ""Ana"""{separator}a{other}b\n'
    assert one(text).rows == [["1", f'Silva{separator} "Ana"', f"a{other}b"]]


def test_decimal_commas_do_not_make_the_comma_the_separator() -> None:
    text = "workflow;median lead working hours\n" + "".join(f"w{n};1,5\n" for n in range(9))
    assert one(text).headers == ("workflow", "median lead working hours")


def test_a_line_that_names_the_separator_is_followed() -> None:
    table = one("sep=|\nid|name\n1|Ana\n")
    assert (table.rows, table.numbers[0]) == ([["1", "Ana"]], 3)


def test_titles_above_the_headers_empty_rows_and_columns_and_padding_go() -> None:
    text = "Northlight: staff,,,\nas of 1 March,,,\n,,,\n id ,  Name ,, Unit\n 1 , Ana ,, Billing \n,,,\n2,Ben,,\n"
    table = one(text)
    assert table.headers == ("id", "Name", "", "Unit")
    assert table.rows == [["1", "Ana", "", "Billing"], ["2", "Ben", "", ""]]
    assert list(table.numbers) == [5, 7]
    assert (table.header_row, table.first_row) == (4, 5)


def test_a_second_header_of_one_name_is_told_and_keeps_apart() -> None:
    table = one("id,name,Name\n1,Ana,x\n")
    assert table.headers == ("id", "name", "Name (2)")
    assert [problem.severity for problem in table.problems] == ["warning"]


def test_a_row_longer_than_the_headers_is_kept_out_and_a_shorter_one_is_not() -> None:
    table = one("id,name,unit\n1,Silva, Ana,Billing\n2,Ben\n")
    assert [(problem.row, problem.severity) for problem in table.problems] == [(2, "error")]
    assert table.rows[1] == ["2", "Ben", ""]


def test_nul_bytes_go_and_are_told() -> None:
    table = one(b"id,name\n1,A\x00na\n2,Ben\n")
    assert table.rows[0] == ["1", "Ana"]
    assert "NUL" in table.problems[0].why


@pytest.mark.parametrize("cell", ["=SUM(A1:A2)", "=1+1", "@SUM(A1)", "-SUM(A1)", "+A1", "+cmd|' /C calc'!A0"])
def test_a_formula_is_kept_as_text_and_told(cell: str) -> None:
    table = one(f'id,name\n1,"{cell}"\n')
    assert table.rows[0][1] == cell
    assert [(problem.row, problem.column, problem.value, problem.severity) for problem in table.problems] == [
        (2, "name", cell, "warning")
    ]


@pytest.mark.parametrize("cell", ["-3", "+49 170 123", "- to be decided", "@ana", "-", "+1.5", "+44 (0)20 7946 0000"])
def test_what_only_looks_like_a_formula_is_not_one(cell: str) -> None:
    assert one(f'id,name\n1,"{cell}"\n').problems == []


def workbook(fill, **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        fill(book)
    return out.getvalue()


def test_a_workbook_gives_text_days_and_ids_without_point_zero() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("People")
        sheet.write_row(1, 1, ["id", "name", "from", "front_office", "hours"])
        sheet.write_row(2, 1, [17, "Ana"])
        day = datetime(2024, 1, 2)  # noqa: DTZ001 - a day has no zone
        sheet.write_datetime(2, 3, day, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(2, 4, [True, 1.5])
        book.add_worksheet("Notes").hide()

    table = one(workbook(fill), "staff.xlsx")
    assert [cell for cell in table.rows[0] if cell] == ["17", "Ana", "2024-01-02", "yes", "1.5"]
    assert (table.first_row, table.name) == (3, "staff")


def test_a_formula_in_a_workbook_gives_its_stored_result_or_its_text() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("people")
        sheet.write_row(0, 0, ["id", "name"])
        sheet.write_formula(1, 0, "=1+1", value=2)
        sheet.write_formula(1, 1, '=A2&" & co"', value="")
        sheet.write_row(2, 0, ["3", "Ben"])

    table = one(workbook(fill), "people.xlsx")
    assert table.rows == [["2", '=A2&" & co"'], ["3", "Ben"]]
    assert [(problem.row, problem.column) for problem in table.problems] == [(2, "name")]


def test_a_stray_cell_in_the_far_corner_is_refused_before_room_is_made_for_all_cells() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("people")
        sheet.write_row(0, 0, ["id", "name"])
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(BadInput, match="far from all others, in column 16,384 or row 1,048,576"):
        read_tables(workbook(fill), "people.xlsx")


def test_each_sheet_of_a_workbook_is_a_table_and_the_meant_one_is_chosen() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name, headers in (("Read me", ["notes", "of"]), ("Work", ["id", "name"]), ("People", ["id", "name"])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headers)
            sheet.write_row(1, 0, ["1", "x"])

    tables = read_tables(workbook(fill), "all.xlsx")
    assert [table.name for table in tables] == ["Read me", "Work", "People"]
    assert choose(tables, lambda table: len(table.headers), ("people",)).name == "People"
    assert choose(tables, lambda table: "name" in table.headers).name == "Work"


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (gzip.compress(b"id,name\n", mtime=0), "compressed"),
        (archive("people.csv"), "archive"),
        (archive("word/document.xml"), "document"),
        (archive("xl/workbook.xml"), "Save it anew"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "opened as a workbook"),
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b",,,\n,,\n", "empty"),
        (b"<html><body><table><tr><td>id</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><people/>', "XML"),
        (b'[{"id": 1, "name": "Ana"}]', "JSON"),
        (bytes(range(1, 9)) * 200, "no readable text"),
        (b'id,name\n1,"Ana\n2,Ben\n3,Cleo\n', "quotation mark"),
    ],
)
def test_what_is_not_a_table_gets_one_sentence_with_file_state_and_remedy(data: bytes, state: str) -> None:
    with pytest.raises(BadInput) as refused:
        one(data, "mine.csv")
    assert str(refused.value).startswith("mine.csv ")
    assert state in str(refused.value)
    assert "\n" not in str(refused.value)


def outcome(data: bytes, name: str) -> tuple[list[RawTable], str]:
    """Its tables, or the sentence that refuses it."""
    try:
        return read_tables(data, name), ""
    except BadInput as refused:
        return [], str(refused)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b'"')
@example(b"a\x00b\x00")
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))))
def test_no_bytes_end_in_anything_but_tables_or_a_sentence(data: bytes) -> None:
    tables, sentence = outcome(data, "any")
    assert tables or sentence.startswith("any ")
    for table in tables:
        assert all(len(row) == len(table.headers) for row in table.rows)
        assert len(table.rows) == len(table.numbers)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.integers(0, 6000), st.booleans())
def test_a_damaged_workbook_ends_in_tables_or_a_sentence(junk: bytes, at: int, cut: bool) -> None:
    whole = workbook(lambda book: book.add_worksheet("people").write_row(0, 0, ["id", "name"]))
    at %= len(whole)
    tables, sentence = outcome(whole[:at] + junk + (b"" if cut else whole[at + len(junk) :]), "any.xlsx")
    assert tables or sentence.startswith("any.xlsx ")
