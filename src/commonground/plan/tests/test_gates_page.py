"""Gates as pages and verbs: asked, refused, passed with conditions, settled, taken back; what says so; who may what."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import mask_of
from commonground.analysis.plan.gates import BEHIND, STATES
from commonground.communication.messages import OUT
from commonground.communication.models import ContactCount, Message, Segment
from commonground.journal.models import Entry, Version
from commonground.plan.gate_evidence import file_evidence, want, wanted_of
from commonground.plan.gate_page import verdicts_of
from commonground.plan.held_gates import held_on
from commonground.plan.models import Condition, Evidence, Gate, GateMove, GateTarget, Phase
from commonground.programs.register import CannotError

DAY = AT.date()
ONE = "/northlight/program/gates/1/0/"


def begun(cast: Cast, number: int = 1, **more: object) -> Phase:
    return cast.program.add(Phase(number=number, entered_on=DAY, **more), by=cast.alice.actor, at=AT)


def gate_of(cast: Cast, number: int = 1, unit: str = "") -> Gate:
    return Gate.objects.all().at(cast.program, number, cast.units[unit] if unit else None)


def asked(cast: Cast, number: int = 1) -> Gate:
    row = gate_of(cast, number)
    row.ask(by=cast.alice.actor, at=AT)
    return row


def decide(cast: Cast, row: Gate, key: str, words: str = "It holds.") -> None:
    row.decide(key, on=DAY, words=words, by=cast.bob.actor, at=AT)


def condition(cast: Cast, row: Gate, **more: object) -> Condition:
    values = {"words": "Count them", "owner": cast.carol.person, "due": DAY + timedelta(days=30), **more}
    made: Condition = row.add_condition(values, by=cast.alice.actor, at=AT)
    return made


def text(cast: Cast, who: str, address: str = ONE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200, address
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_passing_a_gate_begins_the_next_phase_and_taking_it_back_leaves_it(cast: Cast) -> None:
    begun(cast)
    row = asked(cast)
    decide(cast, row, "pass")
    assert (row.state, row.decided_by, Phase.objects.get(number=2).entered_on) == ("passed", cast.bob.person, DAY)
    assert Entry.objects.filter(verb="decided: go on").exists()
    assert Version.objects.get(table="gates").number > 0
    row.take_back(words="Too early.", by=cast.bob.actor, at=AT)
    assert (row.state, Phase.objects.get(number=2).entered_on) == ("taken_back", None)
    assert [one.move for one in GateMove.objects.order_by("pk")] == ["ask", "pass", "take_back"]


def test_a_phase_that_had_begun_before_stays_when_the_gate_is_taken_back(cast: Cast) -> None:
    begun(cast)
    begun(cast, 2)
    row = asked(cast)
    decide(cast, row, "pass")
    row.take_back(words="Looked at again.", by=cast.bob.actor, at=AT)
    assert Phase.objects.get(number=2).entered_on == DAY


def test_nothing_is_decided_without_a_reason_on_a_day_to_come_twice_or_out_of_order(cast: Cast) -> None:
    with pytest.raises(CannotError, match="has not entered the first phase"):
        asked(cast)
    begun(cast)
    row = asked(cast)
    with pytest.raises(CannotError, match="needs its reason"):
        decide(cast, row, "pass", " ")
    with pytest.raises(CannotError, match="has not come yet"):
        row.decide("pass", on=DAY + timedelta(days=1), words="Soon.", by=cast.bob.actor, at=AT)
    with pytest.raises(CannotError, match="No condition is written yet"):
        decide(cast, row, "condition")
    with pytest.raises(CannotError, match="It comes first"):
        asked(cast, 2)
    with pytest.raises(CannotError, match="Water stands in phase 1"):
        gate_of(cast, 2, "water").ask(by=cast.alice.actor, at=AT)
    assert not Phase.objects.filter(number=2).exists()
    decide(cast, row, "pass")
    with pytest.raises(CannotError, match="at “passed”"):
        decide(cast, row, "pass")
    decide(cast, asked(cast, 2), "pass")
    with pytest.raises(CannotError, match="rests on this one"):
        row.take_back(words="Too early.", by=cast.bob.actor, at=AT)


def test_two_who_decide_at_once_decide_once(cast: Cast) -> None:
    begun(cast)
    asked(cast)
    one, two = gate_of(cast), gate_of(cast)
    decide(cast, one, "refuse")
    with pytest.raises(CannotError, match="Somebody was quicker"):
        decide(cast, two, "pass")
    assert not Phase.objects.filter(number=2).exists()


def test_conditions_hold_a_gate_until_the_last_is_met(cast: Cast) -> None:
    begun(cast)
    row = asked(cast)
    first, last = condition(cast, row), condition(cast, row, criterion="records")
    with pytest.raises(CannotError, match="has a condition that is open"):
        decide(cast, row, "pass")
    decide(cast, row, "condition")
    first.meet(DAY, "400 drawn", by=cast.alice.actor, at=AT)
    assert gate_of(cast).state == "conditional"
    last.remove(by=cast.alice.actor, at=AT)
    assert gate_of(cast).state == "passed"
    Condition.put_back(Entry.objects.get(verb="removed a condition of a gate"), by=cast.alice.actor, at=AT)
    assert gate_of(cast).state == "conditional"
    Condition.objects.get(criterion="records").meet(DAY, "", by=cast.alice.actor, at=AT)
    assert gate_of(cast).state == "passed"
    Condition.objects.get(criterion="").open_again(by=cast.alice.actor, at=AT)
    assert gate_of(cast).state == "conditional"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["ask", "withdraw", "refuse", "pass", "condition", "take_back"]), max_size=10))
def test_phases_keep_their_order_whatever_is_clicked(cast: Cast, clicks: list[str]) -> None:
    GateMove.objects.all().delete()
    Gate.objects.all().delete()
    Phase.objects.all().delete()
    begun(cast)
    for key in clicks:
        row = gate_of(cast)
        try:
            if key in ("ask", "withdraw"):
                getattr(row, key)(by=cast.alice.actor, at=AT)
            elif key == "take_back":
                row.take_back(words="Because.", by=cast.bob.actor, at=AT)
            else:
                decide(cast, row, key)
        except CannotError:
            pass
        found = gate_of(cast)
        assert found.state in STATES
        second = Phase.objects.filter(number=2).exclude(entered_on=None).exists()
        assert second == (found.state in BEHIND)


def test_a_unit_has_a_gate_of_its_own(cast: Cast) -> None:
    begun(cast)
    row = gate_of(cast, unit="water")
    row.ask(by=cast.alice.actor, at=AT)
    decide(cast, row, "pass")
    assert Phase.objects.get(number=2).unit == cast.units["water"]
    page = text(cast, "carol", "/northlight/program/phases/")
    assert "Gate 2, to phase 3" in page  # of Water
    assert "Gate 1, to phase 2" in page  # of the whole


def test_who_sees_prepares_files_and_decides(cast: Cast) -> None:
    begun(cast)
    assert "May we go on to phase 2" in text(cast, "frank")
    assert cast.erin.client().get(ONE).status_code == 404
    assert cast.carol.client().post(f"{ONE}move/", {"move": "ask"}).status_code == 404
    assert "Ask for a decision" in text(cast, "alice")
    cast.alice.client().post(f"{ONE}move/", {"move": "ask"})
    assert "waits for a sponsor" in text(cast, "alice")
    assert cast.alice.client().get(f"{ONE}decide/").status_code == 404
    page = text(cast, "bob", f"{ONE}decide/")
    assert "Nothing says yet: Is the work done the new way?" in page


def test_a_sponsor_refuses_and_then_goes_on_by_the_form(cast: Cast) -> None:
    today = timezone.localdate()
    Phase.objects.create(program=cast.program, number=1, entered_on=today - timedelta(days=9))
    bob, alice = cast.bob.client(), cast.alice.client()
    given = {"move": "refuse", "words": "Show us the records.", "body": "the board", "on": today}
    alice.post(f"{ONE}move/", {"move": "ask"})
    assert bob.post(f"{ONE}decide/", {**given, "words": ""}).status_code == 422
    assert bob.post(f"{ONE}decide/", given).status_code == 302
    page = text(cast, "bob")
    assert "Show us the records." in page
    assert "not yet, it was decided" in page
    alice.post(f"{ONE}move/", {"move": "ask"})
    bob.post(f"{ONE}decide/", {**given, "move": "pass"})
    assert Phase.objects.get(number=2).entered_on == today
    assert Evidence.objects.get(criterion="goal").how == "measured"  # the numbers of the day are kept
    assert "Passed without evidence of what is real, for five questions" in text(cast, "bob")
    alice.post(f"{ONE}evidence/add/", {"criterion": "use", "answer": "met", "on": today, "words": "Seen in 40 cases"})
    assert "Passed without evidence of what is real, for four questions" in text(cast, "bob")


def test_evidence_is_filed_answers_and_can_be_put_back(cast: Cast) -> None:
    begun(cast)
    today = timezone.localdate()
    carol = cast.carol.client()
    given = {"criterion": "records", "answer": "met", "value": "80.5", "on": today, "words": "400 drawn", "place": ""}
    assert carol.post(f"{ONE}evidence/add/", {**given, "value": "805"}).status_code == 422
    assert carol.post(f"{ONE}evidence/add/", {**given, "on": today + timedelta(days=1)}).status_code == 422
    assert carol.post(f"{ONE}evidence/add/", given).status_code == 302
    row = Evidence.objects.get()
    assert (row.answer, row.value, row.filed_by) == ("not_met", 0.805, cast.carol.person)  # its number says it
    assert "400 drawn" in text(cast, "alice")
    carol.post(f"/northlight/program/gates/evidence/{row.pk}/remove/")
    assert not Evidence.objects.exists()
    carol.post(
        f"/northlight/program/gates/evidence/put-back/{Entry.objects.get(verb='removed evidence at a gate').pk}/"
    )
    assert Evidence.objects.get().words == "400 drawn"
    with pytest.raises(CannotError, match="does not ask this"):
        file_evidence(gate_of(cast), {"criterion": "keeps", "on": DAY, "answer": "met"}, by=cast.carol.actor, at=AT)


def test_a_program_wants_its_own_values(cast: Cast) -> None:
    address = "/northlight/program/gates/1/wanted/"
    fields = {
        key: f"{value * 100:g}"
        for key, value in wanted_of(cast.program, 1).items()
        if key in ("use", "records", "roles", "reach")
    }
    fields |= {"strategy": "1", "money": "1", "crossings": "24"}
    assert cast.alice.client().post(address, {**fields, "use": "45"}).status_code == 302
    assert wanted_of(cast.program, 1)["use"] == 0.45
    assert want(cast.program, 1, {"use": 0.3}, by=cast.alice.actor, at=AT) == 1
    assert not GateTarget.objects.exists()  # the usual one again
    assert cast.alice.client().post(address, {**fields, "use": "101"}).status_code == 422


def test_numbers_are_of_what_the_product_has_and_say_what_is_missing(cast: Cast) -> None:
    begun(cast)
    found = {one.criterion.key: one for one in verdicts_of(cast.alice.actor, gate_of(cast), date(2026, 9, 14))}
    assert (found["goal"].state, found["goal"].by) == ("met", "measured")
    assert found["use"].state == "few"
    assert "no behaviour is known that can be shown yet" in (found["use"].number or ("", ""))[1]
    assert found["records"].state == "unanswered"


def test_messages_reach_as_far_as_the_one_that_reaches_fewest(cast: Cast) -> None:
    """Ten contacts of whom nine can be mailed and three have fax: mail reached 0.9 and fax 0.3; half a year later, mail of then alone."""
    begun(cast)
    firms = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
    for channels, contacts in ((("email",), 7), (("email", "fax"), 2), (("fax",), 1)):
        ContactCount.objects.create(program=cast.program, segment=firms, mask=mask_of(channels), contacts=contacts)
    for days, channel in ((30, "fax"), (0, "email")):
        Message.objects.create(
            program=cast.program, key=channel, title=f"By {channel}", side="customers", channels=[channel], state=OUT,
            start=DAY - timedelta(days=days),
        )  # fmt: skip
    shares = []
    for day in (DAY, DAY + timedelta(days=80)):
        (found,) = (one for one in verdicts_of(cast.alice.actor, gate_of(cast), day) if one.criterion.key == "reach")
        assert found.number is not None
        shares.append((found.number.value, found.number.n, found.number.what))
    assert shares == [(0.3, 10, "“By fax”, the one of 2 that reaches fewest"), (0.9, 10, "“By email”")]


def test_the_sheet_has_a_row_for_each_criterion(cast: Cast) -> None:
    rows = list(csv.DictReader(io.StringIO(text(cast, "alice", f"{ONE}?format=csv").lstrip("\ufeff"))))
    assert {row["criterion"] for row in rows} >= {"Is the goal stated openly?", "Is the work done the new way?"}
    assert {row["kind"] for row in rows} == {"intention", "reality"}


def test_what_is_held_on_who_decides_and_sees_to_conditions(cast: Cast) -> None:
    begun(cast)
    row = asked(cast)
    condition(cast, row)
    decide(cast, row, "condition")
    (mine,) = held_on(cast.bob.person, cast.bob.user)
    assert [one["what"] for one in mine.rows] == ["decided: go on, with conditions"]
    (theirs,) = held_on(cast.carol.person, cast.carol.user)
    assert [one["words"] for one in theirs.rows] == ["Count them"]
