"""The page of what a log knows that the register does not: who sees it, what it says and does not say, and its buttons."""

import csv
import io
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.events.models import Log
from commonground.journal.models import Entry
from commonground.workflows.measured import Measuring
from commonground.workflows.models import AnswersFor, Handoff, Process, Workflow
from commonground.workflows.proposals import Acceptance
from commonground.workflows.seen import HAND, SeenActivity, SeenPassage
from commonground.workflows.tests.small_log import events, seen_log

CHECK, BILL, CALL, LETTER = "Check_the address", "Write the 1st bill", "take THE call", "Send the letter"


@pytest.fixture
def log(cast: Cast, tmp_path: object, settings: object) -> Log:
    settings.DATA = tmp_path
    return seen_log(cast)


def page(cast: Cast, query: str = "", who: str = "alice") -> str:
    response = cast.client_of(who).get(address(cast) + query)
    assert response.status_code == 200
    return response.content.decode()


def address(cast: Cast, pk: int | None = None) -> str:
    kwargs = {"program": cast.program.slug, **({} if pk is None else {"pk": pk})}
    return reverse("workflows:proposals" if pk is None else "workflows:proposal", kwargs=kwargs)


def seen(name: str) -> SeenActivity:
    return SeenActivity.objects.get(activity=name)


def send(cast: Cast, log: Log, do: str, **fields: object) -> str:
    data = {"log": log.pk, "do": do, **fields}
    return cast.alice.client().post(address(cast), data, follow=True).content.decode()


def test_its_statement_says_how_much_is_missing(cast: Cast, log: Log) -> None:
    text = page(cast)
    assert "Three processes are in the log and not in the register" in text
    assert "seen in 29\u00a0% of events, 5 Mar 2026 to 19 Jul 2026, in 40 cases" in text
    assert "Post room, no unit here" in text


def test_nobody_s_volume_is_told_and_everybody_is_to_be_asked(cast: Cast, log: Log) -> None:
    """Erin does two of the steps: her name stands there, and no number of theirs."""
    text = page(cast)
    assert text.count("Erin Eide") == 2
    assert "Ask each person first" in text
    assert text.count("fewer than eight people do it") == 2
    assert "14\u00a0%" not in text, "the share of what Erin and five others check"


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "erin", "frank", "grace", "heidi"])
def test_it_is_the_change_lead_s_alone(cast: Cast, log: Log, who: str) -> None:
    client = cast.client_of(who)
    for one in (address(cast), address(cast, seen(BILL).pk)):
        assert client.get(one).status_code == 404
        assert client.post(one, {"log": log.pk, "do": "accept"}).status_code == 404


def test_without_a_log_it_says_where_to_begin(cast: Cast) -> None:
    text = page(cast)
    assert "No event log is here yet" in text
    Log.objects.create(key="crm", name="CRM", generation=1)
    assert "has not been looked over yet" in page(cast)


def test_what_is_ticked_is_accepted_under_the_names_that_were_typed(cast: Cast, log: Log) -> None:
    check, bill = seen(CHECK), seen(BILL)
    text = send(
        cast,
        log,
        "accept",
        tick=[check.pk, bill.pk],
        owner=[bill.pk],
        row=[check.pk, bill.pk, seen(LETTER).pk],
        start="2026-10-01",
        handoff=list(SeenPassage.objects.values_list("pk", flat=True)),
        **{f"name-{check.pk}": "Make sure of the address", f"name-{bill.pk}": "Bill for the first time"},
    )
    assert "Accepted: 2 processes, 3 hand-offs and 1 person who answers for one." in text
    assert "1 hand-off waits until both steps are processes of one workflow." in text
    assert "measured anew" in text
    assert {row.name for row in Process.objects.filter(workflow=cast.things["workflow"])} == {
        "Take the call",
        "Write the first bill",
        "Make sure of the address",
        "Bill for the first time",
    }
    assert AnswersFor.objects.get(process__name="Bill for the first time").start == date(2026, 10, 1)
    assert not AnswersFor.objects.filter(process__name="Make sure of the address").exists(), (
        "that person was not ticked"
    )
    assert Measuring.objects.filter(log=log).exists(), "the log is measured anew"
    assert "One process is in the log and not in the register" in text


def test_a_new_workflow_takes_the_name_that_was_typed(cast: Cast, log: Log) -> None:
    Process.objects.update(workflow=None)
    seen_log(cast)
    letter = seen(LETTER)
    assert 'value="take THE call to Send the letter"' in page(cast)
    send(cast, log, "accept", tick=letter.pk, group=letter.group, called="From call to letter")
    assert Workflow.objects.get(name="From call to letter").processes.get().name == LETTER


def test_what_was_typed_stays_when_it_is_refused(cast: Cast, log: Log) -> None:
    bill = seen(BILL)
    text = send(cast, log, "accept", tick=bill.pk, row=bill.pk, **{f"name-{bill.pk}": "take the CALL"})
    assert "The register has a process “take the CALL” already" in text
    assert 'value="take the CALL"' in text
    assert "Nothing is ticked" in send(cast, log, "accept")
    assert "Say from which day" in send(cast, log, "accept", tick=bill.pk, owner=bill.pk, start="soon")


def test_who_left_since_is_not_named(cast: Cast, log: Log) -> None:
    cast.erin.person.leave(on=date(2026, 9, 1), by=cast.alice.actor, at=AT)
    text = send(cast, log, "accept", tick=seen(BILL).pk, owner=seen(BILL).pk, start="2026-10-01")
    assert "works here no longer" in text
    assert "Erin Eide" not in page(cast)


def test_an_activity_is_said_to_be_a_process_that_is_there(cast: Cast, log: Log) -> None:
    text = page(cast)
    assert "It is “Write the first bill”" in text
    send(cast, log, f"same:{seen(BILL).pk}")
    assert (seen(BILL).process, seen(BILL).how) == (cast.things["billing_process"], HAND)
    send(cast, log, f"part:{seen(BILL).pk}")
    assert seen(BILL).is_open
    client = cast.alice.client()
    client.post(address(cast, seen(LETTER).pk), {"do": "same", "process": cast.things["billing_process"].pk})
    assert seen(LETTER).process == cast.things["billing_process"]


def test_what_is_not_ours_is_set_aside_and_brought_back(cast: Cast, log: Log) -> None:
    text = send(cast, log, f"aside:{seen(LETTER).pk}")
    assert "Two processes are in the log and not in the register" in text
    assert "not a process of ours" in text
    assert "Three processes" in send(cast, log, f"back:{seen(LETTER).pk}")
    way = SeenPassage.objects.get(source__activity=CALL, target__activity=CHECK)
    assert f"way-back:{way.pk}" in send(cast, log, f"way-aside:{way.pk}")
    assert f"way-aside:{way.pk}" in send(cast, log, f"way-back:{way.pk}")


def test_an_acceptance_is_taken_back_from_the_page(cast: Cast, log: Log) -> None:
    send(cast, log, "accept", tick=seen(CHECK).pk)
    done = Acceptance.objects.get()
    text = page(cast)
    assert f'value="undo:{done.pk}"' in text
    text = send(cast, log, f"undo:{done.pk}")
    assert "Taken back: 1 process." in text
    assert not Process.objects.filter(name="Check the address").exists()
    assert "Three processes" in text


def test_one_is_looked_at_changed_and_accepted(cast: Cast, log: Log) -> None:
    client, row = cast.alice.client(), seen(BILL)
    text = client.get(address(cast, row.pk)).content.decode()
    assert "Who does it most, and could be asked: Erin Eide." in text
    sent = {"do": "accept", "name": "Bill", "called": "Billing", "unit": cast.units["crews"].pk, "owner": "Dan Dahl"}
    assert "Say from which day" in client.post(address(cast, row.pk), {**sent, "start": ""}).content.decode()
    client.post(address(cast, row.pk), {**sent, "start": "2026-10-01"})
    process = Process.objects.get(name="Bill")
    assert (process.unit, process.workflow, process.owners.get().person) == (
        cast.units["crews"],
        Workflow.objects.get(name="Billing"),
        cast.dan.person,
    )
    assert "Decided" in client.get(address(cast, row.pk)).content.decode()


def test_a_plan_is_neither_offered_nor_given_away(cast: Cast, log: Log) -> None:
    planned = Process.objects.create(program=cast.program, key="x", name="Send the letter", planned_only=True)
    apps.get_model("realignment", "ProcessFate").objects.create(program=cast.program, process=planned, fate="create")
    client, row = cast.alice.client(), seen(LETTER)
    text = client.get(address(cast, row.pk)).content.decode()
    assert "Write the first bill</option>" in text
    assert "Send the letter</option>" not in text
    client.post(address(cast, row.pk), {"do": "same", "process": planned.pk})
    assert seen(LETTER).is_open
    send(cast, log, "accept", tick=row.pk)
    assert seen(LETTER).process != planned


def test_another_program_s_proposals_are_not_there(cast: Cast, log: Log) -> None:
    from commonground.programs.models import Program  # noqa: PLC0415

    Program.objects.create(slug="other", name="Other", started=AT.date())
    client: Client = cast.alice.client()
    elsewhere = reverse("workflows:proposal", kwargs={"program": "other", "pk": seen(BILL).pk})
    assert client.get(elsewhere).status_code == 404
    there = reverse("workflows:proposals", kwargs={"program": "other"})
    assert client.post(there, {"log": log.pk, "do": f"aside:{seen(BILL).pk}"}).status_code == 404
    assert client.get(address(cast) + "?log=999").status_code == 404
    assert client.post(address(cast), {"log": log.pk, "do": "nonsense"}).status_code == 404


def test_the_sheet_names_no_people(cast: Cast, log: Log) -> None:
    body = cast.alice.client().get(address(cast) + "?format=csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["name"] for row in rows if row["kind"] == "process"] == ["Check the address", BILL, LETTER]
    assert [row["cases"] for row in rows if row["kind"] == "process"] == ["", "", "40"]
    assert "Erin" not in body


def test_tick_all_ticks_people_only_when_asked(cast: Cast, log: Log) -> None:
    assert page(cast).count(" checked") == 0
    assert page(cast, "?tick=all").count('name="owner"') == 2
    assert page(cast, "?tick=all").count(" checked") == 3 + page(cast).count('name="handoff"')
    assert page(cast, "?tick=owners").count(" checked") == 5 + page(cast).count('name="handoff"')


def test_hand_offs_of_the_register_are_not_proposed_again(cast: Cast, log: Log) -> None:
    send(cast, log, f"same:{seen(BILL).pk}")  # the register has a hand-off from the call to the bill
    text = page(cast)
    assert 'Take the call <span class="quiet">to</span> Write the first bill' not in text
    assert 'Take the call <span class="quiet">to</span> Check the address' in text
    assert Handoff.objects.count() == 1


def test_what_was_done_is_in_the_journal_for_who_may_read_it(cast: Cast, log: Log) -> None:
    send(cast, log, "accept", tick=seen(CHECK).pk)
    send(cast, log, f"aside:{seen(LETTER).pk}")
    verbs = set(Entry.objects.visible_to(cast.frank.actor).values_list("verb", flat=True))
    assert {"accepted proposals", "added a process", "set an activity of a log aside"} <= verbs


def test_the_page_asks_as_much_for_many_as_for_few(cast: Cast, log: Log) -> None:
    client, counts = cast.alice.client(), []
    for start in (0, 30):
        made = [
            SeenActivity(
                program=cast.program, log=log, activity=f"Step {n}", events=5, cases=5, at=AT, first=AT, last=AT
            )
            for n in range(start, start + 30)
        ]
        for row in made:
            row.person, row.unit, row.workflow = cast.erin.person, cast.units["billing"], cast.things["workflow"]
            row.near = cast.things["process"]
        SeenActivity.objects.bulk_create(made)
        client.get(address(cast))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(cast))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_log_whose_every_step_is_known_says_so(cast: Cast, log: Log) -> None:
    SeenActivity.objects.exclude(activity=CALL).delete()
    text = page(cast)
    assert "The register knows all that the log shows" in text
    assert "Nothing waits for a decision" in text
    assert len(events()) == 140


def test_a_log_of_many_activities_is_decided_in_parts(cast: Cast, log: Log) -> None:
    SeenActivity.objects.bulk_create(
        SeenActivity(
            program=cast.program, log=log, activity=f"Step {n}", order=9 + n, events=1, at=AT, first=AT, last=AT
        )
        for n in range(300)
    )
    text = page(cast)
    assert "303 processes are in the log and not in the register" in text
    assert text.count('name="tick"') == 250
    assert "250 of a kind at once" in text
    body = cast.alice.client().get(address(cast) + "?format=csv").getvalue().decode()
    assert body.count("process,") >= 303
