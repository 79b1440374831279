"""A large round opens in many steps: whatever breaks off, it is open or a draft in the end, and nobody is written to twice."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.access.actor import OPERATOR
from commonground.assessments import admitting, invitations, opening, round_views
from commonground.assessments.invitations import begin_reminding, write_mail
from commonground.assessments.models import Combination, Invited, Round, Token
from commonground.assessments.opening import begin_opening, carry_on, open_round, prepared
from commonground.assessments.running import codes_beyond, print_more
from commonground.assessments.sealing import unsealed
from commonground.assessments.tasks import keep_rounds
from commonground.assessments.tests.asked import AT, DAY, draft, opened, staffed
from commonground.assessments.tokens import destroy_key, key_of, key_path, make_key
from commonground.journal.models import Entry, Values
from commonground.outbox.models import Message
from commonground.programs.register import CannotError

pytestmark = pytest.mark.django_db


class Broken(BaseException):
    """What ends a process in the middle."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admitting, "AT_A_TIME", 10)
    monkeypatch.setattr(admitting, "PAUSE", 0)
    monkeypatch.setattr(invitations, "AT_A_TIME", 10)


def breaking(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, after: int) -> None:
    """The nth call of a function is the last."""
    real, calls = getattr(module, name), Counter[str]()

    def call(*given: Any, **more: Any) -> Any:
        calls[name] += 1
        if calls[name] > after:
            raise Broken
        return real(*given, **more)

    monkeypatch.setattr(module, name, call)


def is_whole(row: Round) -> None:
    """Open, with one token and one invitation each, the key that the tokens are made of, and one message for each with an address."""
    row.refresh_from_db()
    assert (row.state, row.attempt, row.mailing) == ("open", "", "")
    assert Invited.objects.filter(round=row).count() == Token.objects.filter(round=row).count() == row.invited == 49
    assert sum(Combination.objects.filter(round=row).values_list("invited", flat=True)) == 49
    assert len(key_of(row.pk)) == 32
    sent = Counter(Message.objects.filter(kind="invitation").values_list("secret", flat=True))
    assert len(sent) == row.by_mail > 0
    assert set(sent.values()) == {1}


@pytest.mark.parametrize("after", [0, 3, 9])
def test_what_breaks_off_ends_as_a_draft_without_key_and_tokens(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    staffed(cast)
    row = draft(cast)
    with monkeypatch.context() as patch:
        real, calls = opening._refuse_overtaken, Counter[str]()

        def guard(pk: int, attempt: str) -> None:
            calls["at"] += 1
            if calls["at"] == after + 1:
                raise Broken
            real(pk, attempt)

        patch.setattr(opening, "_refuse_overtaken", guard)
        with pytest.raises(Broken):
            open_round(row, by=cast.alice.actor, at=AT)
    row.refresh_from_db()
    assert (row.state, row.invited, row.items, row.opened_at) == ("draft", 0, {}, None)
    assert not key_path(row.pk).exists()
    assert not Token.objects.exists()
    assert not Invited.objects.exists()
    assert not Combination.objects.exists()
    assert not Message.objects.exists()
    assert Entry.objects.filter(verb="did not open a round").exists()
    is_whole(open_round(row, by=cast.alice.actor, at=AT))


def test_what_was_killed_is_begun_anew_at_the_next_start(cast: Cast) -> None:
    """A kill runs no except: rows and a key are left, and the state “being opened”."""
    staffed(cast)
    row = draft(cast)
    begin_opening(row, by=cast.alice.actor, at=AT)
    left = make_key(row.pk)
    admitting.admit(row, prepared(row, DAY), left, lambda: None)
    Token.objects.all()[0].delete()
    assert unsealed() == []
    keep_rounds(AT)
    is_whole(row)
    assert key_of(row.pk) != left


def test_what_a_later_call_took_over_stops(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed(cast)
    row = draft(cast)
    begin_opening(row, by=cast.alice.actor, at=AT)
    real, calls = opening.admit, Counter[str]()

    def meanwhile(*given: Any) -> None:
        calls["admit"] += 1
        if calls["admit"] == 1:
            carry_on(Round.objects.get(pk=row.pk), by=OPERATOR, at=AT)
        real(*given)

    monkeypatch.setattr(opening, "admit", meanwhile)
    carry_on(row, by=OPERATOR, at=AT)
    assert row.state == "open"
    write_mail(row)
    is_whole(row)
    assert Entry.objects.filter(verb="opened a round").count() == 1


def test_a_key_that_was_exchanged_opens_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed(cast)
    row, real = draft(cast), opening.admit

    def exchanged(round: Round, *given: Any) -> None:
        real(round, *given)
        make_key(round.pk)

    monkeypatch.setattr(opening, "admit", exchanged)
    open_round(row, by=cast.alice.actor, at=AT)
    assert row.state != "open"


@pytest.mark.parametrize("after", [0, 1, 3])
def test_mail_that_broke_off_goes_on_and_nobody_is_written_to_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    staffed(cast)
    row = draft(cast)
    with monkeypatch.context() as patch:
        breaking(patch, invitations, "_messages", after)
        with pytest.raises(Broken):
            open_round(row, by=cast.alice.actor, at=AT)
    row.refresh_from_db()
    assert (row.state, row.mailing, Message.objects.count()) == ("open", "first", 10 * after)
    with pytest.raises(CannotError, match="still being written"):
        begin_reminding(row, by=cast.alice.actor, at=AT + timedelta(days=3))
    keep_rounds(AT)
    is_whole(row)
    begin_reminding(row, by=cast.alice.actor, at=AT + timedelta(days=3))
    write_mail(row)
    write_mail(row)
    sent = Counter(Message.objects.values_list("secret", flat=True))
    assert set(sent.values()) == {2}


def test_a_round_that_is_over_is_written_about_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed(cast)
    row = draft(cast)
    begin_opening(row, by=cast.alice.actor, at=AT)
    carry_on(row, by=cast.alice.actor, at=AT)
    real = invitations._messages

    def closing(*given: Any) -> Any:
        rows = list(real(*given))
        Round.objects.filter(pk=row.pk).update(state="cancelled")
        return rows

    monkeypatch.setattr(invitations, "_messages", closing)
    assert write_mail(row) == 10


def test_what_cannot_open_behind_the_page_is_a_draft_and_says_why(cast: Cast) -> None:
    staffed(cast)
    row = draft(cast)
    begin_opening(row, by=cast.alice.actor, at=AT)
    Round.objects.filter(pk=row.pk).update(closes_on=DAY - timedelta(days=3))
    keep_rounds(AT)
    row.refresh_from_db()
    assert row.state == "draft"
    assert "over before anybody could answer" in Values.objects.get(entry__verb="did not open a round").data["why"]


def test_the_page_of_a_large_round_says_how_far_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed(cast)
    monkeypatch.setattr(round_views, "AT_ONCE", 20)
    now = timezone.now()
    day = timezone.localdate(now)
    row, alice = draft(cast, opens_on=day, closes_on=day + timedelta(days=9)), cast.alice.client()
    page = f"/northlight/assessments/{row.pk}/"
    said = alice.post(f"{page}open/", follow=True).content.decode()
    assert "is being opened for 49 people" in said
    row.refresh_from_db()
    assert row.state == "opening"
    assert "Being opened: looking who is asked." in said
    assert "Open the round" not in said
    assert alice.post(f"{page}remove/").status_code in (302, 422)
    assert Round.objects.filter(pk=row.pk).exists()
    assert cast.frank.client().get(page).status_code == 404
    make_key(row.pk)
    Round.objects.filter(pk=row.pk).update(invited=49)
    admitting.admit(row, prepared(row, DAY), key_of(row.pk), lambda: None)
    assert "Being opened: 49 of 49 people so far." in alice.get(page).content.decode()
    assert "“Readiness, autumn” is not open yet" in alice.get(f"{page}results/").content.decode()
    keep_rounds(now)
    is_whole(row)
    assert "Being opened" not in alice.get(page).content.decode()
    destroy_key(row.pk)


def test_codes_for_who_has_another_way_are_counted(cast: Cast) -> None:
    staffed(cast)
    row = opened(cast)
    assert codes_beyond(row) == 0
    billing = Combination.objects.get(round=row, label="Billing")
    print_more(billing, 3, by=cast.alice.actor, at=AT)
    assert codes_beyond(row) == codes_beyond(row, billing) == 3
    assert codes_beyond(row, Combination.objects.get(round=row, label="Metering crews")) == 0
    alice = cast.alice.client()
    assert (
        "3 codes printed for people who have another way too"
        in alice.get(f"/northlight/assessments/{row.pk}/").content.decode()
    )
    assert (
        "3 codes go beyond the people who have no other way"
        in alice.get(f"/northlight/assessments/groups/{billing.pk}/codes/").content.decode()
    )
