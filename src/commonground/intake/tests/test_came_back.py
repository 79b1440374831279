"""What mailing tools write is read, looked over, taken over, undone: bounces, refusals, answers; who is known again and who is not."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import BITS
from commonground.communication import addressing, sending_lists
from commonground.communication.came_back import CameBack, say_sent
from commonground.communication.models import Sending, Told
from commonground.communication.sendings import BOUNCED, LISTED, REFUSED, SENT
from commonground.communication.tests.made_sending import Scene, scene
from commonground.intake.came_back_files import Known, address_key, known_of, outcome_of, read_returns
from commonground.intake.came_back_uploads import bring, name_columns
from commonground.intake.problems import BadInput
from commonground.programs.register import CannotError

TODAY = date(2026, 9, 14)
KNOWN = known_of("fax", [(1, "C-1", "+49 431 771201"), (2, "C-2", "0431/771202"), (3, "C-3", "0431 771203")])


@pytest.fixture
def made(cast: Cast) -> Scene:
    return scene(cast)


def out(made: Scene, channel: str = "fax") -> Sending:
    row = addressing.prepare(made.message, channel, by=made.cast.ivan.actor, at=AT)
    addressing.approve(row, counted=row.counted, by=made.cast.alice.actor, at=AT)
    addressing.take(row, by=made.cast.ivan.actor, at=AT)
    return row


def brought(row: Sending, made: Scene, text: str, name: str = "back.csv") -> CameBack:
    return bring(row, SimpleUploadedFile(name, text.encode()), by=made.cast.ivan.actor, at=AT)


def outcomes(row: Sending) -> dict[str, str]:
    return dict(row.contacts.values_list("contact__ref", "outcome"))


def test_rows_are_known_again_by_reference_or_by_address() -> None:
    """“+49 431 771201” and “0431 771201” are one number; a workbook drops the plus."""
    sheet = b"Fax number;Status\n0431 771201;OK\n49431771202;failed\n0431 999;OK\n"
    found = read_returns(sheet, "fax.csv", KNOWN, today=TODAY)
    assert [(pk, outcome) for pk, outcome, _, _ in found.rows] == [(1, SENT), (2, BOUNCED)]
    assert (found.strangers, found.silent, found.kept_out) == (1, 0, [])


def test_a_row_that_cannot_be_read_says_why() -> None:
    sheet = b"ref,outcome,on\nC-1,purple,2026-09-01\nC-2,sent,2026-12-01\nC-3,pending,\n"
    found = read_returns(sheet, "back.csv", KNOWN, today=TODAY)
    assert found.rows == []
    assert found.silent == 1
    assert [(row, column, value) for row, column, value, _ in found.kept_out] == [
        (2, "outcome", "purple"),
        (3, "on", "2026-12-01"),
    ]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Delivered", SENT), ("zugestellt", SENT), ("Hard Bounce", BOUNCED), ("550 5.1.1 user unknown", BOUNCED), ("bounced (mailbox full)",
        BOUNCED), ("Unbekannt verzogen", BOUNCED), ("Unsubscribed", REFUSED), ("abgemeldet", REFUSED), ("busy", LISTED), ("purple", None),
    ],
)  # fmt: skip
def test_words_of_tools_are_understood(word: str, outcome: str | None) -> None:
    assert outcome_of(word) == outcome


def test_what_two_contacts_share_is_nobodys() -> None:
    known = known_of("email", [(1, "a", "office@firm.example"), (2, "b", "OFFICE@firm.example ")])
    assert known == Known("email", {"a": 1, "b": 2}, {})


@given(number=st.from_regex(r"[1-9]\d{8,11}", fullmatch=True))
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    """Outside authority: E.164 writes it after a plus and the country, people after a nought, or after two."""
    written = (f"+49 {number}", f"0{number}", f"0049 {number[:3]}/{number[3:]}", f"49{number}")
    assert len({address_key("fax", one) for one in written}) == 1


def test_what_bounces_twice_is_used_no_more_and_undoing_brings_it_back(made: Scene) -> None:
    """The first bounce leaves the fax usable for other messages, the second takes it out of every list."""
    row = out(made)
    back = brought(row, made, "ref,outcome\nC-3,bounced\nC-4,sent\n")
    assert outcomes(row) == {"C-3": LISTED, "C-4": LISTED}, "nothing counts before it is taken over"
    assert back.take_over(by=made.cast.ivan.actor, at=AT) == 2
    row.refresh_from_db()
    assert (row.sent, row.bounced, outcomes(row)) == (1, 1, {"C-3": BOUNCED, "C-4": SENT})
    contact = made.again("C-3")
    assert (contact.bounced_once, contact.mask) == (BITS["fax"], BITS["fax"])
    contact.bounced = BITS["fax"]
    back.undo(by=made.cast.ivan.actor, at=AT)
    row.refresh_from_db()
    assert (row.sent, row.bounced, made.again("C-3").bounced_once) == (0, 0, 0)


def test_the_second_bounce_takes_the_address_out(made: Scene) -> None:
    made.contacts["C-3"].bounced_once = BITS["fax"]
    made.contacts["C-3"].save()
    row = out(made)
    brought(row, made, "ref,outcome\nC-3,bounced\n").take_over(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-3").mask == 0


def test_whoever_wants_no_more_stands_on_no_list_of_that_channel(made: Scene) -> None:
    row = out(made, "email")
    brought(row, made, "email,status\nbo@example.org,unsubscribed\n").take_over(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-2").refused == BITS["email"]
    row.refresh_from_db()
    assert (row.sent, row.refused) == (1, 1)


def test_undoing_does_not_forget_what_came_to_be_known_since(made: Scene) -> None:
    row = out(made)
    back = brought(row, made, "ref,outcome\nC-3,bounced\n")
    back.take_over(by=made.cast.ivan.actor, at=AT)
    made.again("C-3").refuse(["fax"], by=made.cast.alice.actor, at=AT)
    back.undo(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-3").refused == BITS["fax"]


def test_an_answer_stands_with_its_segment_and_without_a_name(made: Scene) -> None:
    row = out(made)
    back = brought(row, made, "ref,outcome,answer\nC-3,,Which number do I write on the form?\n")
    back.take_over(by=made.cast.ivan.actor, at=AT)
    told = Told.objects.get()
    assert (told.words, str(told.segment), told.channel) == (
        "Which number do I write on the form?",
        "Small firms",
        "fax",
    )
    assert outcomes(row)["C-3"] == "answered"
    back.refresh_from_db()
    assert back.rows == []
    back.undo(by=made.cast.ivan.actor, at=AT)
    assert not Told.objects.exists()


def test_the_list_itself_is_filled_in_and_brought_back(made: Scene) -> None:
    row = out(made)
    text = "".join(sending_lists.csv_pieces(row)).replace('neu.",,,', 'neu.",sent,2026-09-10,')
    back = brought(row, made, text)
    assert back.found["is_sent"] == 2
    assert back.mapping == {"ref": "ref", "address": "fax", "outcome": "outcome", "on": "on", "answer": "answer"}


def test_a_file_without_a_known_column_asks_which_it_is(made: Scene) -> None:
    row = out(made)
    back = brought(row, made, "wer,was\nC-3,zugestellt\n")
    assert back.found["rows"] == 0
    found = name_columns(back, {"ref": "wer", "outcome": "was"}, at=AT)
    assert len(found.rows) == 1
    again = brought(row, made, "wer,was\nC-4,zugestellt\n")
    assert again.found["rows"] == 1, "the columns are remembered"


def test_the_same_file_counts_once(made: Scene) -> None:
    row = out(made)
    brought(row, made, "ref,outcome\nC-3,bounced\n").take_over(by=made.cast.ivan.actor, at=AT)
    with pytest.raises(CannotError, match="taken over already"):
        brought(row, made, "ref,outcome\nC-3,bounced\n")


def test_an_empty_file_and_a_list_that_is_not_out_are_refused(made: Scene) -> None:
    row = addressing.prepare(made.message, "fax", by=made.cast.ivan.actor, at=AT)
    with pytest.raises(CannotError, match="is not out"):
        brought(row, made, "ref,outcome\n")
    row.drop(by=made.cast.ivan.actor, at=AT)
    with pytest.raises(BadInput, match="is empty"):
        brought(out(made), made, "")


def test_all_of_a_list_is_said_to_be_out_and_undone(made: Scene) -> None:
    row = out(made)
    said = say_sent(row, on=TODAY, by=made.cast.ivan.actor, at=AT)
    row.refresh_from_db()
    assert row.sent == 2
    assert not addressing.now_on(row).exists()
    said.undo(by=made.cast.ivan.actor, at=AT)
    assert addressing.now_on(row).count() == 2


def test_a_bounce_that_was_tried_again_elsewhere_is_not_undone(made: Scene) -> None:
    row = out(made)
    back = brought(row, made, "ref,outcome\nC-4,bounced\n")
    back.take_over(by=made.cast.ivan.actor, at=AT)
    addressing.prepare(made.message, "letter", by=made.cast.ivan.actor, at=AT)
    with pytest.raises(CannotError, match="stand on another list"):
        back.undo(by=made.cast.ivan.actor, at=AT)
