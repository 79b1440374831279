"""The budget's pages: what they say, who may do what on them, and the way back from each step."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from tests.cast import AT, Cast

from commonground.analysis.plan.ledger import Booking
from commonground.coalition.models import Member
from commonground.plan.budgets import BudgetLine, currency_of
from commonground.plan.held_budget import held_on
from commonground.plan.ledgers import LedgerFile, LedgerRule

PAGE = "/northlight/budget/"
GIVEN = {
    "name": "Trainers and rooms",
    "purpose": "people",
    "phase": "1",
    "practice": "TRAIN",
    "planned": "48,000",
    "hours": "900",
}


def line(cast: Cast, key: str = "ROOMS", **fields: object) -> BudgetLine:
    values = {"name": key.title(), "planned": 1_000_000, "purpose": "people", **fields}
    return cast.program.add(BudgetLine(key=key, **values), by=cast.alice.actor, at=AT)


def ledger(cast: Cast, **given: object) -> LedgerFile:
    bookings = [
        Booking(2, date(2026, 3, 2), 150_000, "6510", "R-1", "Rooms in March", line="ROOMS"),
        Booking(3, date(2026, 3, 2), 4_250, "6640", "C-1", "Coffee", account_name="Catering"),
        Booking(4, date(2026, 3, 2), 4_250, "6640", "C-1", "Coffee", account_name="Catering"),
    ]
    values = {
        "file": "ledger.csv",
        "digest": "d",
        "stated": {"": 158_500},
        "mapping": {"day": "Date", "amount": "Amount"},
        **given,
    }
    return LedgerFile.objects.look(cast.program, bookings, by=cast.alice.actor, at=AT, **values)


def text(cast: Cast, who: str = "alice", address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_budget_the_page_says_what_to_do(cast: Cast) -> None:
    assert "No budget is written down yet" in text(cast)
    assert f"{PAGE}lines/add/" in text(cast)
    assert f"{PAGE}lines/add/" not in text(cast, "bob")
    assert cast.client_of("carol").get(PAGE).status_code == 404


def test_a_line_is_added_changed_removed_and_put_back(cast: Cast) -> None:
    alice = cast.alice.client()
    assert alice.post(f"{PAGE}lines/add/", GIVEN).status_code == 302
    row = BudgetLine.objects.get()
    assert (row.planned, row.hours, row.key[:2]) == (4_800_000, Decimal(900), "B-")
    form = text(cast, address=f"{PAGE}lines/{row.pk}/change/")
    assert 'value="48000.00"' in form
    assert (
        alice.post(
            f"{PAGE}lines/{row.pk}/change/", {**GIVEN, "planned": "48000.50", "progress": "25", "spent": "€ 18'000"}
        ).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.planned, row.spent, row.progress) == (4_800_050, 1_800_000, 25)
    assert "€18,000 of €48,001 is spent; at completion it will be €24,000 more than planned" in text(cast)
    alice.post(f"{PAGE}lines/{row.pk}/remove/")
    assert not BudgetLine.objects.exists()
    page = text(cast)
    entry = page.partition("put-back/")[2].partition("/")[0]
    alice.post(f"{PAGE}lines/put-back/{entry}/")
    assert BudgetLine.objects.get().planned == 4_800_050


@pytest.mark.parametrize(("field", "value"), [("planned", "a lot"), ("progress", "120"), ("planned", "1" * 20)])
def test_what_is_no_amount_stands_at_its_field(cast: Cast, field: str, value: str) -> None:
    answer = cast.alice.client().post(f"{PAGE}lines/add/", {**GIVEN, field: value})
    assert answer.status_code == 422
    assert not BudgetLine.objects.exists()


def test_sums_stand_by_phase_unit_practice_and_purpose(cast: Cast) -> None:
    line(cast, "A", phase=1, unit=cast.units["billing"], spent=250_000)
    line(cast, "B", phase=2, purpose="technology", planned=3_000_000, committed=100_000)
    page = text(cast)
    assert "€2,500 of €40,000 is spent; the forecast stays within the plan" in page
    assert "Phase 2: " in page
    assert "25\u00a0%" in page  # people: 10,000 of 40,000
    assert "Billing" in text(cast, address=f"{PAGE}?by=unit")
    assert text(cast, address=f"{PAGE}?by=purpose&purpose=technology").count("budget/lines/") < page.count(
        "budget/lines/"
    )
    assert "No line is of this kind" in text(cast, address=f"{PAGE}?phase=3")


def test_the_list_goes_out_as_the_sheet_that_comes_in(cast: Cast) -> None:
    line(cast, "A", phase=1, practice="TRAIN", spent=250_050, progress=20, hours=Decimal("7.5"))
    rows = list(csv.DictReader(StringIO(b"".join(cast.bob.client().get(f"{PAGE}?format=csv")).decode("utf-8-sig"))))
    assert {**rows[0]} == {
        "id": "A", "name": "A", "phase": "1", "unit": "", "practice": "TRAIN", "for": "people", "owner": "", "planned": "10000.00",
        "committed": "0.00", "spent": "2500.50", "hours": "7.50", "hours_spent": "0.00", "progress": "20 %", "forecast": "12502.50",
        "forecast method": "plan ÷ cost performance so far", "hours forecast": "6.00", "currency": "EUR",
    }  # fmt: skip


def test_a_line_says_how_it_is_reckoned_and_from_what(cast: Cast) -> None:
    row = line(cast, progress=10)
    ledger(cast).take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    page = text(cast, "frank", f"{PAGE}lines/{row.pk}/")
    assert "10 % is done, which was planned to cost €1,000 and has cost €1,500." in page
    assert "If what is left cost what was planned, it would be €10,500." in page
    assert "Rooms in March" in page
    assert "€15,000" in page
    assert cast.client_of("carol").get(f"{PAGE}lines/{row.pk}/").status_code == 404


def test_a_ledger_is_looked_over_taken_over_and_undone(cast: Cast) -> None:
    line(cast)
    row, alice = ledger(cast), cast.alice.client()
    address = f"{PAGE}ledger/{row.pk}/"
    page = text(cast, address=address)
    assert "“ledger.csv” adds up: €1,585" in page
    assert "without €42.50 that stand twice" in page
    assert f"{address}take/" in page
    assert f"{address}take/" not in text(cast, "bob", address)
    alice.post(f"{address}take/")
    assert "1 booking over €43 belongs to no line yet" in text(cast)
    assert "Catering" in text(cast, address=f"{PAGE}ledger/")
    alice.post(f"{address}undo/")
    assert "to no line yet" not in text(cast)
    alice.post(f"{address}again/")
    row.refresh_from_db()
    assert row.state == "taken"
    assert cast.client_of("bob").post(f"{address}undo/").status_code == 404


def test_bookings_are_given_to_a_line_by_a_rule(cast: Cast) -> None:
    row, alice = line(cast), cast.alice.client()
    ledger(cast).take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    form = text(cast, address=f"{PAGE}ledger/rules/add/?field=account&says=6640")
    assert 'value="6640"' in form
    given = {"field": "account", "says": "6640", "line": row.pk}
    answer = alice.post(f"{PAGE}ledger/rules/add/", given, follow=True)
    assert "1 booking whose account is “6640”: now of “Rooms”." in answer.content.decode()
    assert alice.post(f"{PAGE}ledger/rules/add/", given).status_code == 422
    rule = LedgerRule.objects.get()
    alice.post(f"{PAGE}ledger/rules/{rule.pk}/remove/")
    assert "Belongs to no line yet" in text(cast, address=f"{PAGE}ledger/")


def test_a_double_is_said_to_be_none_on_the_page(cast: Cast) -> None:
    row, alice = ledger(cast), cast.alice.client()
    twice = row.bookings.get(double=True)
    alice.post(f"{PAGE}ledger/bookings/{twice.pk}/double/")
    assert not row.bookings.filter(double=True).exists()
    assert "said to be no double" in text(cast, address=f"{PAGE}ledger/{row.pk}/")


def test_what_it_bought_says_what_is_not_known_yet(cast: Cast) -> None:
    line(cast, "T", practice="TEAM", spent=80_000)
    page = text(cast)
    assert "Not known yet: nobody’s attendance is noted." in page
    assert "Not known yet: no seat is taken with consent." in page
    Member.objects.create(program=cast.program, person=cast.carol.person, consent=True, start=date(2026, 1, 1))
    page = text(cast)
    assert "1 seat on the team" in page
    assert "€800 for each seat, from €800 spent on 1 line" in page


def test_the_currency_is_asked_once(cast: Cast) -> None:
    cast.alice.client().post(f"{PAGE}currency/", {"currency": "GBP"})
    assert currency_of(cast.program) == "GBP"
    line(cast)
    assert "£10,000" in text(cast)
    assert cast.alice.client().post(f"{PAGE}currency/", {"currency": "EUR"}).status_code == 422


def test_who_answers_for_a_line_finds_it_among_what_is_held(cast: Cast) -> None:
    line(cast, owner=cast.dan.person)
    (held,) = held_on(cast.dan.person, cast.dan.user)
    assert held.rows[0]["planned"] == "€10,000"
    assert held_on(cast.erin.person, cast.erin.user)[0].rows == []
