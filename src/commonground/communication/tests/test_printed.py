"""Letters and fax sheets: the text of the PDF, where the address stands, how many pages a fax says that it has.

Pages are read as written (unpacked): the face is set so that Latin letters stand as themselves. Measures are those of DIN 5008:2020.
"""

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.communication.paper import REGULAR, lines, unprintable, width
from commonground.communication.printed import FORMS, Sender, Sheet, address_lines, faxes, letters, merged
from commonground.communication.printed_words import WORDS, code_of, day_in

DAY = date(2026, 5, 20)
SENDER = Sender(
    "Northlight", ("Hafen 12", "24103 Kiel"), "0431 100", "0431 199", "hello@northlight.example", "Farah Haddad"
)
SHEET = Sheet(
    "Firma Nord",
    "New bills",
    "Dear customer,\n\nbills change in June.",
    "en",
    ("Weg 1", "24105 Kiel"),
    "0431 771",
    "C-1",
)
POINTS = 72 / 25.4  # in a millimetre


def pages_of(pdf: bytes) -> list[str]:
    """What is drawn on each page, as it was written."""
    return [one.decode("latin-1") for one in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL) if b" Tf" in one]


def texts(page: str) -> list[str]:
    """The pieces of text of a page."""
    return [re.sub(r"\\([()\\])", r"\1", one) for one in re.findall(r"\(((?:\\.|[^()\\])*)\) Tj", page)]


def at(page: str, text: str) -> tuple[float, float]:
    """Where a piece of text begins, in points from the left and from the foot."""
    found = re.search(rf"1 0 0 1 ([\d.]+) ([\d.]+) Tm[^()]*\({re.escape(text)}\) Tj", page)
    assert found, text
    return float(found[1]), float(found[2])


def letter(sheet: Sheet = SHEET, form: str = "din_b") -> list[str]:
    out = io.BytesIO()
    letters(out, [sheet], SENDER, form=form, day=DAY, title="Letters", small=False)
    return pages_of(out.getvalue())


def fax(*sheets: Sheet) -> tuple[int, list[str]]:
    out = io.BytesIO()
    pages = faxes(out, sheets, SENDER, size="A4", day=DAY, title="Fax", small=False)
    return pages, pages_of(out.getvalue())


def test_a_letter_says_who_writes_to_whom_and_what() -> None:
    (page,) = letter()
    said = texts(page)
    assert said[said.index("Firma Nord") :][:3] == ["Firma Nord", "Weg 1", "24105 Kiel"]
    assert {"Northlight", "New bills", "bills change in June.", "Kind regards", "Farah Haddad", "20 May 2026"} <= set(
        said
    )


@pytest.mark.parametrize(("form", "top", "high"), [("din_b", 62.7, 27.3), ("din_a", 44.7, 27.3), ("us", 50.8, 28.6)])
def test_the_address_stands_in_the_window(form: str, top: float, high: float) -> None:
    """DIN 5008: the address zone is 27.3 mm high and begins 17.7 mm below the field's top, which is 45 or 27 mm down; 25 mm from the left.

    A number 10 envelope over a letter folded in three: its window, 4.5 by 1.125 inches and 0.5 from the foot, shows 2 to 3.1 inches.
    """
    tall = Sheet("Firma Nord", "s", "b", "en", ("One", "Two", "Three", "Four", "24105 Kiel"))
    (page,) = letter(tall, form)
    height = 297 if form != "us" else 279.4
    for line in ("Firma Nord", "24105 Kiel"):
        left, foot = at(page, line)
        down = height - foot / POINTS
        assert top <= down <= top + high + 0.2, line
        assert left / POINTS == pytest.approx(25 if form != "us" else 25.4, abs=0.1)


def test_a_long_letter_goes_on_on_a_second_page_that_says_so() -> None:
    long = Sheet("Firma Nord", "New bills", "A line that fills.\n\n" * 50, "en", ("Weg 1",))
    pages = letter(long)
    assert len(pages) == 3
    assert "Page 2 of 3" in texts(pages[1])
    assert sum(texts(page).count("A line that fills.") for page in pages) == 50


def test_a_fax_says_its_number_and_how_many_pages_it_has() -> None:
    long = Sheet("Firma West", "New bills", "A line that fills.\n\n" * 45, "en", (), "0431 772", "C-2")
    count, pages = fax(SHEET, long)
    assert count == len(pages) == 4
    first, second = texts(pages[0]), texts(pages[1])
    assert first[first.index("Pages") + 1] == "1"
    assert second[second.index("Pages") + 1] == "3"
    assert second[second.index("Fax number") + 1] == "0431 772"
    assert [one for page in pages for one in texts(page) if one.startswith("Page ")] == [
        "Page 1 of 1", "Page 1 of 3", "Page 2 of 3", "Page 3 of 3",
    ]  # fmt: skip


def test_every_sheet_says_how_to_get_no_more() -> None:
    _, (page,) = fax(SHEET)
    assert any("would rather not hear from us by fax" in one for one in texts(page))
    assert any("would rather not get letters" in one for one in texts(letter()[0]))


def test_a_sheet_speaks_the_language_of_whoever_gets_it() -> None:
    _, (page,) = fax(Sheet("Firma", "Rechnungen", "Guten Tag", "de-AT", (), "0431 7", ""))
    assert {"An", "Faxnummer", "Seiten", "20. Mai 2026"} <= set(texts(page))
    assert "Kind regards" not in texts(page)


def test_nobody_on_the_list_is_said_on_the_one_page() -> None:
    count, (page,) = fax()
    assert count == 1
    assert texts(page) == ["There is nobody on this list."]


def test_the_same_sheets_give_the_same_file() -> None:
    one, two = io.BytesIO(), io.BytesIO()
    for out in (one, two):
        letters(out, [SHEET], SENDER, form="din_b", day=DAY, title="Letters")
    assert one.getvalue() == two.getvalue()


@pytest.mark.parametrize(
    ("name", "there", "set_"),
    [
        ("Firma", ("Weg 1", "Ort"), ["Firma", "Weg 1", "Ort"]),
        ("Firma", ("firma", "Weg 1", "Ort"), ["firma", "Weg 1", "Ort"]),
        ("", ("Weg 1", " ", "Ort"), ["Weg 1", "Ort"]),
        ("N", tuple("abcdefghij"), ["N", "a", "b", "c", "d", "e", "f, g, h", "i", "j"]),
    ],
)
def test_an_address_has_its_name_once_and_at_most_nine_lines(
    name: str, there: tuple[str, ...], set_: list[str]
) -> None:
    assert address_lines(Sheet(name, "", "", lines=there)) == set_


@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("abc ÄÖ\nWWii"), max_size=300), room=st.floats(30, 400))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float) -> None:
    set_ = lines(text, 11, room)
    assert all(width(line, 11, REGULAR) <= room + 0.01 for line in set_)
    assert "".join(set_).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_letters_that_the_face_lacks_are_named() -> None:
    assert unprintable("Łódź, Ελλάδα, Київ “x” – €") == ""
    assert unprintable("漢a字漢") == "漢字"


def test_every_language_has_every_word() -> None:
    assert {len(words) for words in WORDS.values()} == {len(WORDS["en"])}
    assert [code_of(one) for one in ("de-AT", "German", "DE", "Deutsch", "pl")] == ["de", "de", "de", "de", "pl"]
    assert day_in(DAY, "pl") == "20 May 2026"


def test_a_text_is_merged_for_each() -> None:
    assert merged("Dear {name}, {ref} {other}", name="A {ref}", ref="C-1") == "Dear A {ref}, C-1 {other}"


def test_forms_keep_the_text_below_the_window() -> None:
    for form in FORMS.values():
        assert form.begins > form.zone + form.high
