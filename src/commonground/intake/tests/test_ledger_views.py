"""Bringing an export of a ledger: looked over, its columns named, remembered, set aside; and the sheet of the budget."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast

from commonground.analysis.facts import BudgetLine as LineRow
from commonground.analysis.plan.ledger import Booking
from commonground.analysis.tables import TABLES
from commonground.intake import committing
from commonground.intake.headers import match
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take
from commonground.plan.budgets import BudgetLine
from commonground.plan.ledgers import LedgerFile, path_of

PAGE = "/northlight/budget/ledger/"
LEDGER = b"Date,Document,Account,Text,Amount\n2026-03-31,D1,6510,Rooms,1200.50\n2026-04-01,D2,6510,Rooms,99.50\nTotal,,,,1300.00\n"
ODD = b"when,how much,who\n2026-03-31,7.00,Jo\n2026-04-01,8.00,Jo\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path


def upload(cast: Cast, data: bytes, name: str = "ledger.csv", who: str = "alice", **more: str):
    return cast.client_of(who).post(f"{PAGE}bring/", {"file": SimpleUploadedFile(name, data), **more}, follow=True)


def test_a_file_is_looked_over_and_lies_until_it_is_taken(cast: Cast) -> None:
    page = upload(cast, LEDGER).content.decode()
    assert "“ledger.csv” adds up: €1,300" in page
    row = LedgerFile.objects.get()
    assert path_of(row.place).exists()
    cast.alice.client().post(f"{PAGE}{row.pk}/set-aside/")
    row.refresh_from_db()
    assert (row.state, row.bookings.count()) == ("aside", 0)


@pytest.mark.django_db(transaction=True)
def test_the_file_is_deleted_when_it_is_taken_over(cast: Cast) -> None:
    upload(cast, LEDGER)
    row = LedgerFile.objects.get()
    cast.alice.client().post(f"{PAGE}{row.pk}/take/")
    assert not path_of(row.place).exists()
    answer = upload(cast, LEDGER)
    assert answer.status_code == 422
    assert "This very file was taken over" in answer.content.decode()


def test_columns_are_named_and_remembered(cast: Cast) -> None:
    page = upload(cast, ODD).content.decode()
    assert "What does each column of this file mean?" in page
    row, alice = LedgerFile.objects.get(), cast.alice.client()
    assert alice.post(f"{PAGE}{row.pk}/columns/", {"day": "when"}).status_code == 422
    assert alice.post(f"{PAGE}{row.pk}/columns/", {"day": "when", "amount": "when"}).status_code == 422
    assert alice.post(f"{PAGE}{row.pk}/columns/", {"day": "when", "amount": "how much"}).status_code == 302
    row.refresh_from_db()
    assert (row.bookings.count(), row.left_out) == (2, ["who"])
    upload(cast, ODD.replace(b"7.00", b"9.00"), "again.csv")
    assert LedgerFile.objects.get(file="again.csv").bookings.count() == 2


def test_a_total_can_be_given_beside_the_file(cast: Cast) -> None:
    page = upload(cast, LEDGER.rpartition(b"Total")[0], total="1,299").content.decode()
    assert "is not what the file itself says" in page


@pytest.mark.parametrize(("data", "said"), [(b"", "is empty"), (b"%PDF-1.7", "PDF")])
def test_what_cannot_be_read_is_refused_at_its_field(cast: Cast, data: bytes, said: str) -> None:
    answer = upload(cast, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not LedgerFile.objects.exists()


def test_only_who_changes_the_budget_brings_a_ledger(cast: Cast) -> None:
    for who in ("bob", "frank", "carol", "dan", "grace"):
        assert cast.client_of(who).get(f"{PAGE}bring/").status_code == 404


def test_the_sheet_of_the_budget_is_taken_over_and_taken_back(cast: Cast) -> None:
    rows = [
        LineRow("B1", "Rooms", 1, None, "TRAIN", "people", None, 48_000.1, 6_500.0, 21_400.29, 900.5, 310.0, 0.4),
        LineRow("B2", "Licences", 4, planned=1.0),
        LineRow("B3", None, None, planned=12_345_678.91),
    ]
    before, files = everything(), sheets({"budget": rows})
    row = take(cast.program, cast.alice.actor, files, leave_out=True)
    assert list(BudgetLine.objects.order_by("pk").values_list("key", "planned", "spent", "progress")) == [
        ("B1", 4_800_010, 2_140_029, 40),
        ("B3", 1_234_567_891, 0, None),
    ]
    assert counts(row, "budget") == {"new": 2, "kept_out": 1}
    assert counts(bring(cast.program, cast.alice.actor, files), "budget") == {"unchanged": 2, "kept_out": 1}
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_what_is_committed_of_money_is_an_order_and_of_people_is_refused() -> None:
    headers = ["id", "Committed", "Commitment", "person"]
    assert match(TABLES["budget"], headers).columns["committed"] == (1,)
    assert match(TABLES["team"], headers).refused == ("Committed", "Commitment")


def test_lines_that_a_sheet_brings_find_the_bookings_that_name_them(cast: Cast) -> None:
    LedgerFile.objects.look(
        cast.program, [Booking(2, DAY, 5_000, "6510")], file="l", digest="d", by=cast.alice.actor, at=AT
    )
    row = take(cast.program, cast.alice.actor, sheets({"budget": [LineRow("6510", "Rooms", planned=9.0)]}))
    assert BudgetLine.objects.get().bookings.count() == 1
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert not BudgetLine.objects.exists()
