"""The pages of what goes out: who sees what, each click with its way back, the list and the sheets as files."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import BITS
from commonground.communication import addressing, printing
from commonground.communication.erasing import erase
from commonground.communication.models import Letterhead, Sending
from commonground.communication.sending_tasks import print_task
from commonground.communication.tests.made_sending import HAVE, Scene, scene


@pytest.fixture
def made(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.DATA = tmp_path
    return scene(cast)


def at(made: Scene, name: str, space: str = "communication", **kwargs: Any) -> str:
    return reverse(f"{space}:{name}", kwargs={"program": made.cast.program.slug, **kwargs})


def said(client: Client, made: Scene, name: str, **kwargs: Any) -> str:
    answer = client.get(at(made, name, **kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def click(client: Client, made: Scene, name: str, data: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """Clicks, and returns the page on which one lands."""
    answer = client.post(at(made, name, **kwargs), data or {}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def out(made: Scene, channel: str = "fax") -> Sending:
    row = addressing.prepare(made.message, channel, by=made.cast.ivan.actor, at=AT)
    addressing.approve(row, counted=row.counted, by=made.cast.alice.actor, at=AT)
    addressing.take(row, by=made.cast.ivan.actor, at=AT)
    return row


def test_from_an_approved_message_to_fax_sheets(made: Scene) -> None:
    """Ivan prepares, Alice approves the count, Ivan takes the list and prints it; each sees on the page whose turn it is."""
    ivan, alice, pk = made.cast.client_of("ivan"), made.cast.client_of("alice"), made.message.pk
    assert "Approved, and on no list yet" in said(ivan, made, "sendings")
    assert "reaches 5 of 6 customers" in said(ivan, made, "outgoing", pk=pk)
    page = click(ivan, made, "prepare-sending", pk=pk, channel="fax")
    row = Sending.objects.get()
    assert "somebody else looks at the count" in page
    assert "Approve: it goes to 2" not in page
    assert "prepared by you" in click(ivan, made, "approve-sending", {"counted": 2}, pk=row.pk)
    assert "Approve: it goes to 2" in said(alice, made, "sending", pk=row.pk)
    click(alice, made, "approve-sending", {"counted": 2}, pk=row.pk)
    assert "Fetch the list and send it" in click(ivan, made, "take-sending", pk=row.pk)
    assert "Printed: 2 pages" in click(ivan, made, "print-sending", pk=row.pk)
    pdf = b"".join(ivan.get(at(made, "fetch-sending", pk=row.pk, ending="pdf")).streaming_content)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 2 or pdf.count(b"/Type /Page ") == 2


def test_a_list_that_would_hold_others_offers_to_be_made_anew(made: Scene) -> None:
    row = addressing.prepare(made.message, "fax", by=made.cast.ivan.actor, at=AT)
    made.contacts["C-3"].refuse(["fax"], by=made.cast.alice.actor, at=AT)
    alice = made.cast.client_of("alice")
    page = said(alice, made, "sending", pk=row.pk)
    assert "0 would come, 1 would go" in page
    assert "Approve: it goes to" not in page
    assert "Prepared anew: 1 customer" in click(alice, made, "prepare-sending-anew", pk=row.pk)


def test_the_list_speaks_each_contacts_language_and_no_cell_is_a_formula(made: Scene) -> None:
    made.contacts["C-3"].name = "=HYPERLINK(1)"
    made.contacts["C-3"].save()
    row = out(made)
    answer = made.cast.client_of("ivan").get(at(made, "fetch-sending", pk=row.pk, ending="csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text))
    assert head == ["ref", "name", "segment", "fax", "language", "subject", "text", "outcome", "on", "answer"]
    assert first[:6] == ["C-3", "'=HYPERLINK(1)", "Small firms", "+49 431 771203", "de", "Neue Rechnungen"]
    assert second[6] == "Guten Tag Firma C-4,\n\nneu."
    book = made.cast.client_of("ivan").get(at(made, "fetch-sending", pk=row.pk, ending="xlsx"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content)))
    assert sheet.get_sheet_by_index(0).to_python()[1][:4] == ["C-3", "=HYPERLINK(1)", "Small firms", "+49 431 771203"]


def test_a_refusal_falls_out_of_list_and_sheets_that_were_printed_already(made: Scene) -> None:
    ivan, row = made.cast.client_of("ivan"), out(made)
    printing.print_now(row, AT.date())
    made.contacts["C-4"].refuse(["fax"], by=made.cast.alice.actor, at=AT)
    page = ivan.get(at(made, "fetch-sending", pk=row.pk, ending="pdf"), follow=True).content.decode()
    assert "Print it anew" in page
    answer = ivan.get(at(made, "fetch-sending", pk=row.pk, ending="csv"))
    assert b"C-4" not in b"".join(answer.streaming_content)


def test_a_sheet_with_an_address_of_before_is_not_handed_out(made: Scene) -> None:
    ivan, row = made.cast.client_of("ivan"), out(made)
    printing.print_now(row, AT.date())
    made.contacts["C-4"].put_right({"fax": "0431 999999"}, by=made.cast.alice.actor, at=AT)
    page = ivan.get(at(made, "fetch-sending", pk=row.pk, ending="pdf"), follow=True).content.decode()
    assert "Print it anew" in page


def test_who_is_erased_stands_in_no_file_that_was_printed(made: Scene) -> None:
    row = out(made)
    printing.print_now(row, AT.date())
    path = printing.path_of(row)
    assert path.exists()
    erase(made.contacts["C-4"], by=made.cast.alice.actor, at=AT)
    assert not path.exists()


def test_whose_address_is_kept_elsewhere_is_in_the_list_and_on_no_sheet(made: Scene) -> None:
    made.contacts["C-3"].put_right({"fax": "yes"}, by=made.cast.alice.actor, at=AT)
    row = out(made)
    printing.print_now(row, AT.date())
    assert (row.sheets, row.on_it) == (1, 2)
    assert "1 on the list are not in it" in said(made.cast.client_of("ivan"), made, "sending", pk=row.pk)


def test_a_long_list_is_printed_behind_the_page_and_can_be_cancelled(
    made: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "IN_THE_PAGE", 1)
    monkeypatch.setattr(printing, "SAY_EVERY", 1)
    ivan, row = made.cast.client_of("ivan"), out(made)
    assert "It is being printed" in click(ivan, made, "print-sending", pk=row.pk)
    assert "is being cancelled" in click(ivan, made, "stop-printing", pk=row.pk)
    print_task.call(pk=row.pk)
    row.refresh_from_db()
    assert (row.place, row.printing) == ("", "")
    click(ivan, made, "print-sending", pk=row.pk)
    print_task.call(pk=row.pk)
    row.refresh_from_db()
    assert (row.printed, row.printing) == (2, "")


def test_printing_that_was_cancelled_leaves_no_file(
    made: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SAY_EVERY", 1)
    row = out(made)
    Sending.objects.filter(pk=row.pk).update(printing=printing.STOP)
    with pytest.raises(printing.StoppedError):
        printing.print_now(row, AT.date(), printing.saying(row, 2))
    assert not list((tmp_path / printing.FOLDER).glob("*"))


def test_addresses_are_for_those_who_send(made: Scene) -> None:
    row = out(made)
    for name in ("carol", "bob", "frank"):
        client = made.cast.client_of(name)
        page = said(client, made, "sending", pk=row.pk) + said(client, made, "sendings")
        assert "You see counts" in page
        assert not any(address in page for cells, _ in HAVE.values() for address in cells.values())
        for ending in ("csv", "xlsx", "pdf"):
            assert client.get(at(made, "fetch-sending", pk=row.pk, ending=ending)).status_code == 404
        assert client.post(at(made, "take-sending", pk=row.pk)).status_code == 404
    assert made.cast.client_of("erin").get(at(made, "sending", pk=row.pk)).status_code == 404


def test_whoever_approves_may_look_at_a_sheet_to_nobody(made: Scene) -> None:
    row = addressing.prepare(made.message, "letter", by=made.cast.ivan.actor, at=AT)
    answer = made.cast.client_of("alice").get(at(made, "sample-sending", pk=row.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    other = addressing.prepare(made.message, "email", by=made.cast.ivan.actor, at=AT)
    page = made.cast.client_of("alice").get(at(made, "sample-sending", pk=other.pk), follow=True).content.decode()
    assert "is no letter and no fax" in page


def test_the_sender_is_said_once_and_stands_on_every_sheet(made: Scene) -> None:
    ivan = made.cast.client_of("ivan")
    values = {"name": "Northlight", "address": "Hafen 12", "phone": "0431 100", "paper": "us"}
    assert "The sender is noted" in click(ivan, made, "letterhead", values)
    assert Letterhead.objects.get().paper == "us"
    for wrong, why in (({"phone": ""}, "a way to say that they want no more"), ({"name": "漢"}, "does not have 漢")):
        answer = ivan.post(at(made, "letterhead"), {**values, **wrong})
        assert answer.status_code == 422
        assert why in answer.content.decode()


def test_what_came_back_is_looked_over_taken_over_and_undone(made: Scene) -> None:
    ivan, row = made.cast.client_of("ivan"), out(made)
    file = SimpleUploadedFile("back.csv", b"ref,outcome\nC-3,bounced\nC-9,sent\nC-4,purple\n")
    page = ivan.post(at(made, "bring-came-back", "intake", pk=row.pk), {"file": file}, follow=True).content.decode()
    assert "1 customer of the list, 1 bounce" in page
    assert "1 row of nobody who stands on it" in page
    assert "“purple” is no outcome that we know" in page
    back = row.came_back.get()
    assert "Taken over: 1 customer changed" in click(ivan, made, "take-over-came-back", pk=back.pk)
    assert made.again("C-3").bounced_once == BITS["fax"]
    assert "counts no longer" in click(ivan, made, "undo-came-back", pk=back.pk)
    assert made.again("C-3").bounced_once == 0


def test_a_file_whose_columns_nobody_knows_asks_for_them(made: Scene) -> None:
    ivan, row = made.cast.client_of("ivan"), out(made)
    file = SimpleUploadedFile("back.csv", b"wer,was\nC-3,gesendet\n")
    page = ivan.post(at(made, "bring-came-back", "intake", pk=row.pk), {"file": file}, follow=True).content.decode()
    assert "What does each column of this file mean?" in page
    back = row.came_back.get()
    answer = ivan.post(
        at(made, "came-back-columns", "intake", pk=back.pk), {"ref": "wer", "outcome": "was"}, follow=True
    )
    assert "Read anew: 1 customer of the list" in answer.content.decode()
    assert "is set aside" in click(ivan, made, "set-aside-came-back", pk=back.pk)


def test_a_list_went_out_on_a_day_that_has_come(made: Scene) -> None:
    ivan, row = made.cast.client_of("ivan"), out(made)
    assert "has not come yet" in click(ivan, made, "sending-sent", {"on": "2999-01-01"}, pk=row.pk)
    assert "Noted: 2 customers" in click(ivan, made, "sending-sent", {"on": "2026-01-01"}, pk=row.pk)
    assert "Of everybody on the list something came back" in said(ivan, made, "sending", pk=row.pk)


def test_lists_as_csv_hold_counts(made: Scene) -> None:
    out(made)
    answer = made.cast.client_of("carol").get(at(made, "sendings") + "?format=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "New bills from June,fax,out,2,0,0,0,0,0," in text
