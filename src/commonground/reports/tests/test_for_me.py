"""“What changes for me”: only what was told, in plain words, one's own and nobody else's; and the sheet for a team."""

from datetime import date
from typing import Any

import pytest
import time_machine
from tests.cast import Cast

from commonground.assessments.models import Combination, Invited, Round
from commonground.organization.models import Assignment, Person
from commonground.realignment.models import Acknowledgement, Contribution, HolderPath, RoleChange, RoleFate, Seat
from commonground.realignment.tests.told import AT, TODAY, Told, bring, make_told
from commonground.reports.for_me import Item, first_name, ordered
from commonground.reports.for_me_views import greeting

URL = "/northlight/for-me/"


@pytest.fixture
def told(cast: Cast) -> Told:
    """The plans of the embargo tests with words and days, still drafts."""
    told = make_told(cast)
    by: Any = {"by": cast.alice.actor, "at": AT}
    told.role.change(effective=date(2026, 11, 9), definition_after="Case worker: closes the case.", **by)
    told.process.change(words="The first bill is written where the call is taken.", effective=date(2026, 11, 9), **by)
    RoleChange.objects.add(told.role, kind="customers", size=2, words="talking with the customer", **by)
    RoleChange.objects.add(
        told.role, kind="craft", size=-1, words="reading of meters by hand", unit=cast.units["water"], **by
    )
    return told


def page(cast: Cast, who: str, query: str = "") -> str:
    with time_machine.travel(AT, tick=False):
        answer = cast.client_of(who).get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def tell(told: Told) -> None:
    for plan in told.plans:
        bring(plan, "told", told.cast.alice.actor)


@pytest.mark.parametrize("stage", ["draft", "consulted"])
def test_nothing_below_told_ever(told: Told, stage: str) -> None:
    """Not for the holder, not for the manager, not for a change lead who drafted it and holds the role as well."""
    for plan in told.plans:
        bring(plan, stage, told.cast.alice.actor)
    Assignment.objects.filter(person=told.cast.alice.person).update(role=told.cast.roles["billing_clerk"])
    for who in ("erin", "dan", "alice", "bob", "carol"):
        text = page(told.cast, who)
        assert "Nothing is planned for your work that has been decided and told." in text
        for secret in ("Case worker", "which bill waits", "Write the first bill", "is still open"):
            assert secret not in text, f"{who} reads “{secret}”"


def test_the_holder_reads_it_once_told(told: Told) -> None:
    tell(told)
    text = page(told.cast, "erin")
    assert "Good morning, Erin. Three things change for you, the first on 9 Nov 2026." in text
    assert "“Write the first bill” goes to Contact centre" in text
    assert "The first bill is written where the call is taken." in text
    assert "<b>You give up</b> which bill waits." in text
    assert "<b>You gain</b> talking with the customer." in text
    assert "reading of meters by hand" not in text, "that loss is of another unit"
    assert "Where you go after Billing clerk is still open" in text
    assert "Dan Dahl" in text
    assert "does not mean you agree" in text


def test_an_offer_stands_with_the_loss(told: Told) -> None:
    loss = RoleChange.objects.get(role_fate=told.role, kind="decisions")
    loss.offer(words="a say in the order of bills", on=TODAY, by=told.cast.alice.actor, at=AT)
    tell(told)
    assert "<b>In return you are offered</b> a say in the order of bills." in page(told.cast, "erin")
    loss.refresh_from_db()
    loss.answer(accepted=False, on=TODAY, by=told.cast.alice.actor, at=AT)
    assert "a say in the order of bills" not in page(told.cast, "erin")


def test_nobody_reads_the_page_of_another(told: Told) -> None:
    tell(told)
    for who in ("charlie", "carol", "ivan", "bob"):
        text = page(told.cast, who)
        assert "Nothing is planned for your work" in text
        assert "which bill waits" not in text
        assert "If you hear otherwise, ask" in text
    assert "goes to Contact centre" in page(told.cast, "dan"), "he answers for the process"
    assert "which bill waits" not in page(told.cast, "dan"), "he does not hold the role"
    assert "nobody in the register of people is linked with you" in page(told.cast, "frank")
    assert told.cast.client_of("grace").get(URL).status_code == 404
    assert told.cast.client_of("anonymous").get(URL).status_code == 302


def step(told: Told, who: str, **values: str) -> int:
    with time_machine.travel(AT, tick=False):
        return int(told.cast.client_of(who).post(f"{URL}roles/{told.role.pk}/", values).status_code)


def test_read_talked_over_seen_in_this_order(told: Told) -> None:
    assert step(told, "erin", step="read") == 404, "it is a draft"
    tell(told)
    assert "I have read it" in page(told.cast, "erin")
    step(told, "erin", step="acknowledged")
    assert not Acknowledgement.objects.filter(acknowledged__isnull=False).exists()
    assert step(told, "erin", step="read") == 302
    assert "We have talked it over" in page(told.cast, "erin")
    step(told, "erin", step="discussed_holder")
    step(told, "erin", step="acknowledged")
    row = Acknowledgement.objects.get(person=told.cast.erin.person)
    assert (row.read, row.discussed_holder, row.acknowledged) == (TODAY, TODAY, None), (
        "the manager has not noted the talk"
    )
    Acknowledgement.objects.note(
        told.role, person=row.person, step="discussed_manager", on=TODAY, by=told.cast.dan.actor, at=AT
    )
    assert "I have seen it" in page(told.cast, "erin")
    step(told, "erin", step="acknowledged")
    row.refresh_from_db()
    assert row.acknowledged == TODAY
    step(told, "erin", step="acknowledged", undo="1")
    row.refresh_from_db()
    assert row.acknowledged is None


def test_only_holders_take_the_steps(told: Told) -> None:
    tell(told)
    for who in ("charlie", "carol", "alice", "dan", "frank", "grace"):
        assert step(told, who, step="read") == 404, who
    assert step(told, "erin", step="discussed_manager") == 404, "that is the manager's word"
    assert told.cast.client_of("erin").get(f"{URL}roles/{told.role.pk}/").status_code == 405
    assert not Acknowledgement.objects.exists()


def test_what_stays_is_only_what_was_told_to_stay(told: Told) -> None:
    told.process.change(fate="keep", by=told.cast.alice.actor, at=AT)
    told.path.change(fate="same", by=told.cast.alice.actor, at=AT)
    assert "What stays" not in page(told.cast, "erin")
    tell(told)
    text = page(told.cast, "erin")
    assert "<b>What stays:</b> “Write the first bill”, your place as Billing clerk, your unit, your manager." in text


def test_what_was_told_and_withdrawn_is_said(told: Told) -> None:
    told.path.withdraw(on=TODAY, by=told.cast.alice.actor, at=AT)
    assert "No longer planned" not in page(told.cast, "erin"), "it was never told"
    told.path.take_up(by=told.cast.alice.actor, at=AT)
    tell(told)
    told.role.refresh_from_db()
    told.role.withdraw(on=TODAY, by=told.cast.alice.actor, at=AT)
    text = page(told.cast, "erin")
    assert "the plan for your role" in text
    assert "which bill waits" not in text


def test_seats_and_what_came_of_what_one_brought_in(told: Told) -> None:
    solution: Any = told.cast.things["solution"]
    erin = told.cast.erin.person
    Seat.objects.create(solution=solution, person=erin, consent=True, hours_per_week=2)
    Contribution.objects.create(
        solution=solution, person=erin, on=TODAY, words="Ask for the move-in day", came_of_it="in use since 1 July"
    )
    text = page(told.cast, "erin")
    assert "Who writes the first bill?" in text
    assert "in use since 1 July" in text
    assert "Who writes the first bill?" not in page(told.cast, "charlie")


@pytest.mark.parametrize(
    ("name", "first"), [("Erin Eide", "Erin"), ("Eide, Erin", "Erin"), ("Erin", "Erin"), ("Eide,", "Eide,")]
)
def test_the_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    ("hour", "said"), [(6, "Good morning"), (12, "Good afternoon"), (18, "Good evening"), (3, "Good evening")]
)
def test_the_greeting(hour: int, said: str) -> None:
    assert greeting(hour) == said


def test_the_order_of_changes() -> None:
    """Worked by hand: in place first, then by day, what has no day last; all of the first day ahead are next."""
    items = [
        Item("later", date(2027, 2, 1), None),
        Item("no day", None, None),
        Item("next a", date(2026, 11, 9), None),
        Item("past", date(2026, 6, 8), None),
        Item("next b", date(2026, 11, 9), None),
    ]
    found = [(item.title, item.state) for item in ordered(items, TODAY)]
    assert found == [("past", "done"), ("next a", "next"), ("next b", "next"), ("later", "later"), ("no day", "later")]


# the sheet of a team


def sheet(cast: Cast, who: str, query: str = "", status: int = 200) -> str:
    answer = cast.client_of(who).get(f"/northlight/team-sheet/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_sheet_says_what_was_told_by_role_and_names_nobody(told: Told) -> None:
    assert "Nothing that was told changes for this team" in sheet(told.cast, "dan")
    tell(told)
    text = sheet(told.cast, "dan")
    assert "What changes for Billing" in text
    assert "which bill waits" in text
    assert "“Write the first bill” goes to Contact centre" in text
    body = text.split('<div class="team-sheet">')[1]
    for name in Person.objects.values_list("name", flat=True):
        assert name not in body


def test_a_role_of_one_person_is_left_out_and_said_so(told: Told) -> None:
    Assignment.objects.filter(person=told.lars).delete()
    tell(told)
    text = sheet(told.cast, "dan")
    assert "which bill waits" not in text
    assert "1 role or process is left out here, since one person alone stands behind it" in text


def test_a_sheet_holds_no_path(told: Told) -> None:
    for row in HolderPath.objects.all():
        row.change(fate="leaving", by=told.cast.alice.actor, at=AT)
    tell(
        Told(
            **{
                **told.__dict__,
                "path": HolderPath.objects.get(pk=told.path.pk),
                "leads_path": HolderPath.objects.get(pk=told.leads_path.pk),
            }
        )
    )
    assert "Your place" not in sheet(told.cast, "dan")


def test_a_unit_manager_prints_only_their_own_units(told: Told) -> None:
    water = told.cast.units["water"].pk
    sheet(told.cast, "dan", f"?unit={water}", 404)
    sheet(told.cast, "alice", f"?unit={water}")
    assert "For which unit?" in sheet(told.cast, "alice")
    sheet(told.cast, "alice", "?unit=99999", 404)
    assert "Sheet for a team" in page(told.cast, "dan")
    assert "Sheet for a team" not in page(told.cast, "erin")
    for who in ("erin", "carol", "bob", "frank", "grace"):
        sheet(told.cast, who, status=404)


def test_the_statement_of_a_page_without_a_day(told: Told) -> None:
    told.process.withdraw(on=TODAY, by=told.cast.alice.actor, at=AT)
    told.role.withdraw(on=TODAY, by=told.cast.alice.actor, at=AT)
    bring(told.path, "told", told.cast.alice.actor)
    assert "One thing changes for you; the day is not set yet." in page(told.cast, "erin")
    assert RoleFate.objects.count() == 0


def test_what_one_can_say_and_what_waits_for_an_answer(cast: Cast) -> None:
    """A round asks whoever it invited until it is over: whether they answered is known to nobody."""
    before = page(cast, "erin")
    assert 'href="/northlight/voices/raise/"' in before
    assert 'href="/northlight/voices/mine/"' in before
    assert "waits for your answer" not in before
    days = {"opens_on": TODAY, "closes_on": TODAY, "state": "open"}
    row = Round.objects.create(program=cast.program, name="Pulse", instrument="readiness", **days)
    group = Combination.objects.create(round=row, label="the whole", invited=9)
    Invited.objects.create(round=row, person=cast.erin.person, combination=group, by="sign-in")
    after = page(cast, "erin")
    assert "“Pulse” waits for your answer until" in after
    assert 'href="/northlight/assessments/waiting/"' in after
    assert "waits for your answer" not in page(cast, "charlie")
