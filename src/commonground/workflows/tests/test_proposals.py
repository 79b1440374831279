"""Accepting what a log proposes, and taking it back: all by the verbs of the register, once, and as one step."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import AT, FIRST_DAY, Cast, make_cast

from commonground.events.models import Log
from commonground.journal.models import Entry
from commonground.journal.recording import verify
from commonground.programs.register import CannotError, written
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow
from commonground.workflows.proposals import Acceptance, Wanted, accept
from commonground.workflows.seen import SeenActivity, SeenPassage
from commonground.workflows.tests.small_log import seen_log

CHECK, BILL, CALL, LETTER = "Check_the address", "Write the 1st bill", "take THE call", "Send the letter"
REGISTER = (Workflow, Process, AnswersFor, Does, Handoff, SeenActivity, SeenPassage)


def whole_register() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: [written(row) for row in model._base_manager.order_by("pk")] for model in REGISTER}


def pk(name: str) -> int:
    return SeenActivity.objects.get(activity=name).pk


def all_passages() -> list[int]:
    return list(SeenPassage.objects.values_list("pk", flat=True))


@pytest.fixture
def log(cast: Cast, tmp_path: object, settings: object) -> Log:
    settings.DATA = tmp_path
    return seen_log(cast)


def accepted(cast: Cast, log: Log, wanted: Sequence[Wanted], passages: Sequence[int] = ()) -> Acceptance:
    return accept(cast.program, log, wanted, passages, by=cast.alice.actor, at=AT)


def test_what_is_accepted_is_written_by_the_verbs_of_the_register(cast: Cast, log: Log) -> None:
    flow, erin = cast.things["workflow"], cast.erin.person
    wanted = Wanted(pk(CHECK), "Check the address", flow, "", cast.units["billing"], erin, AT.date())
    done = accepted(cast, log, [wanted])
    process = Process.objects.get(name="Check the address")
    assert (process.workflow, process.unit, process.planned_only) == (flow, cast.units["billing"], False)
    assert AnswersFor.objects.get(process=process).person == erin
    assert AnswersFor.objects.get(process=process).start == AT.date()
    assert SeenActivity.objects.get(activity=CHECK).process == process
    assert (done.processes, done.owners, done.workflows, done.handoffs) == (1, 1, 0, 0)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "added a process",
        "named who answers for it",
        "accepted proposals",
    ]
    assert verify().sound


def test_a_new_workflow_is_made_once_and_taken_where_it_is_there(cast: Cast, log: Log) -> None:
    accepted(cast, log, [Wanted(pk(CHECK), "Check", None, "The post"), Wanted(pk(LETTER), "Letter", None, "the POST")])
    assert Workflow.objects.filter(name="The post").count() == 1
    assert Process.objects.filter(workflow__name="The post").count() == 2
    accepted(cast, log, [Wanted(pk(BILL), "Bill", None, " Move-in ")])
    assert Process.objects.get(name="Bill").workflow == cast.things["workflow"]


def test_two_activities_of_one_name_become_one_process(cast: Cast, log: Log) -> None:
    accepted(cast, log, [Wanted(pk(CHECK), "Prepare"), Wanted(pk(LETTER), "prepare")])
    assert Process.objects.filter(name__iexact="prepare").count() == 1
    assert {row.process for row in SeenActivity.objects.filter(activity__in=[CHECK, LETTER])} == {
        Process.objects.get(name__iexact="prepare")
    }


def test_hand_offs_need_both_steps_in_one_workflow(cast: Cast, log: Log) -> None:
    flow = cast.things["workflow"]
    first = accepted(cast, log, [Wanted(pk(CHECK), "Check", flow)], all_passages())
    assert (first.handoffs, first.waiting) == (1, 3)  # call to check; the bill is no process yet
    assert {str(row) for row in Handoff.objects.all()} == {
        "Take the call to Write the first bill",
        "Take the call to Check",
    }
    second = accepted(
        cast,
        log,
        [Wanted(pk(BILL), "Bill", flow), Wanted(pk(LETTER), "Letter", None, "Elsewhere")],
        all_passages(),
    )
    assert (second.handoffs, second.waiting) == (2, 1)  # bill to letter would leave its workflow
    assert accepted(cast, log, [], all_passages()).handoffs == 0, "none is recorded twice"


def test_of_two_who_accept_at_once_the_second_is_told_so(cast: Cast, log: Log) -> None:
    wanted = [Wanted(pk(CHECK), "Check"), Wanted(pk(LETTER), "Letter")]
    accepted(cast, log, wanted[:1])
    before = whole_register()
    with pytest.raises(CannotError, match="“Check_the address” was accepted or set aside meanwhile"):
        accepted(cast, log, wanted)
    assert whole_register() == before, "all or nothing"


def test_a_name_of_the_register_is_not_written_a_second_time(cast: Cast, log: Log) -> None:
    with pytest.raises(CannotError, match="has a process “TAKE the call” already"):
        accepted(cast, log, [Wanted(pk(CHECK), "TAKE the call")])
    with pytest.raises(CannotError, match="no name"):
        accepted(cast, log, [Wanted(pk(CHECK), " … ")])


def test_a_planned_process_of_that_name_is_not_given_away(cast: Cast, log: Log) -> None:
    Process.objects.create(program=cast.program, key="x", name="Send the letter", planned_only=True)
    done = accepted(cast, log, [Wanted(pk(LETTER), "Send the letter")])
    assert done.processes == 1
    assert SeenActivity.objects.get(activity=LETTER).process == Process.objects.get(
        name="Send the letter", planned_only=False
    )


def test_an_activity_is_never_linked_to_a_plan(cast: Cast, log: Log) -> None:
    planned = Process.objects.create(program=cast.program, key="x", name="Later", planned_only=True)
    with pytest.raises(CannotError, match="Choose one that is done today"):
        SeenActivity.objects.get(activity=LETTER).link(planned, by=cast.alice.actor, at=AT)


def test_taking_back_is_refused_once_a_row_has_changed(cast: Cast, log: Log) -> None:
    done = accepted(cast, log, [Wanted(pk(CHECK), "Check"), Wanted(pk(LETTER), "Letter")])
    Process.objects.get(name="Letter").change({"name": "Post"}, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="“Post” has changed since it was accepted"):
        done.undo(by=cast.alice.actor, at=AT)
    assert Process.objects.filter(name="Check").exists()
    assert Acceptance.objects.standing().exists()


@pytest.mark.parametrize("what", ["fate", "hand-off", "doer", "removed"])
def test_taking_back_is_refused_once_it_was_built_upon(cast: Cast, log: Log, what: str) -> None:
    done = accepted(cast, log, [Wanted(pk(CHECK), "Check", cast.things["workflow"])])
    process = Process.objects.get(name="Check")
    if what == "fate":
        apps.get_model("realignment", "ProcessFate").objects.create(
            program=cast.program, process=process, fate="automate"
        )
    elif what == "hand-off":
        other = cast.things["process"]
        row = Handoff(workflow=cast.things["workflow"], from_process=process, to_process=other)
        cast.program.add(row, by=cast.alice.actor, at=AT)
    elif what == "doer":
        process.name_doer(cast.erin.person, start=FIRST_DAY, by=cast.alice.actor, at=AT)
    else:
        process.remove(by=cast.alice.actor, at=AT)
    before = whole_register()
    with pytest.raises(CannotError, match="by hand"):
        done.undo(by=cast.alice.actor, at=AT)
    assert whole_register() == before


def test_it_is_taken_back_once(cast: Cast, log: Log) -> None:
    done = accepted(cast, log, [Wanted(pk(CHECK), "Check")])
    done.undo(by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="taken back already"):
        done.undo(by=cast.alice.actor, at=AT)


def test_what_was_measured_of_an_accepted_workflow_does_not_hold_it(cast: Cast, log: Log) -> None:
    from commonground.workflows.measured import Measured  # noqa: PLC0415

    done = accepted(cast, log, [Wanted(pk(CHECK), "Check", None, "New")])
    days = {"starts": AT.date() - timedelta(days=90), "ends": AT.date()}
    Measured.objects.create(
        program=cast.program,
        log=log,
        workflow=Workflow.objects.get(name="New"),
        **days,
        cases=1,
        generation=1,
        made_at=AT,
        data={},
    )
    done.undo(by=cast.alice.actor, at=AT)
    assert not Workflow.objects.filter(name="New").exists()


names = st.sampled_from(["Check", "Bill", "Letter", "check", "Post"])
choices = st.fixed_dictionaries(
    {},
    optional={
        activity: st.tuples(names, st.booleans(), st.sampled_from(["", "New", "Move-in", "Other"]), st.booleans())
        for activity in (CHECK, BILL, LETTER)
    },
)


class TestAcceptAndTakeBack(TestCase):
    """Whatever is accepted, in one go or in several, is gone when it is taken back in the other order."""

    def setUp(self) -> None:
        with transaction.atomic():
            self.cast = make_cast()
            self.log = seen_log(self.cast)

    @settings(max_examples=15, deadline=None)
    @given(st.lists(choices, max_size=3), st.booleans())
    def test_the_register_is_as_before(self, goes: list[dict[str, tuple[str, bool, str, bool]]], ways: bool) -> None:
        states, done = [whole_register()], []
        for go in goes:
            wanted = [
                Wanted(
                    pk(activity),
                    name,
                    None,
                    called,
                    self.cast.units["billing"] if unit else None,
                    self.cast.erin.person if owner else None,
                    AT.date() if owner else None,
                )
                for activity, (name, unit, called, owner) in go.items()
            ]
            try:
                made = accept(
                    self.cast.program, self.log, wanted, all_passages() if ways else (), by=self.cast.alice.actor, at=AT
                )
            except CannotError:
                assert whole_register() == states[-1]
                continue
            if made.pk is not None:
                done.append(made)
                states.append(whole_register())
        for made, state in zip(reversed(done), reversed(states[:-1]), strict=True):
            made.undo(by=self.cast.alice.actor, at=AT)
            assert whole_register() == state
        assert verify().sound
