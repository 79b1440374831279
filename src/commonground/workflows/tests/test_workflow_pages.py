"""The pages of workflows: the list, the map as is and to be, the register, one process."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import FIRST_DAY, Cast

from commonground.journal.models import Entry, Version
from commonground.workflows.models import AnswersFor, Handoff, Process, Workflow


def address(cast: Cast, name: str, **kwargs: object) -> str:
    return reverse(f"workflows:{name}", kwargs={"program": cast.program.slug, **kwargs})


def text(cast: Cast, who: str, name: str, query: str = "", **kwargs: object) -> str:
    response = cast.client_of(who).get(address(cast, name, **kwargs) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_counts_crossings_between_business_units(cast: Cast) -> None:
    """Contact centre and Billing both stand below Customers: their hand-off crosses nothing until Water comes in."""
    water = Process.objects.create(
        program=cast.program,
        key="w",
        name="Check the water",
        workflow=cast.things["workflow"],
        unit=cast.units["crews"],
        order=9,
    )
    Handoff.objects.create(
        program=cast.program,
        workflow=cast.things["workflow"],
        from_process=Process.objects.get(key="first-bill"),
        to_process=water,
    )
    lines = cast.alice.client().get(address(cast, "list") + "?format=csv").getvalue().decode().splitlines()
    assert lines[1] == "move-in,Move-in,Power on the day,One call is enough,3,0,1,"


def test_waits_are_drawn_true_to_time_and_said_in_the_title(cast: Cast) -> None:
    Handoff.objects.update(median_wait_working_hours=16.8, cases=40, ping_pong_cases=10)
    page = text(cast, "alice", "workflow", pk=cast.things["workflow"].pk)
    assert "The work waits 2.1 days on its way, without a crossing" in page
    assert "n = 40 cases per hand-off" in page
    assert "drawn true to time" in page
    assert "25\u00a0%" in page


def test_an_employee_sees_the_register_but_nobody_else_in_it(cast: Cast) -> None:
    page = text(cast, "erin", "processes")
    assert "Write the first bill" in page
    assert "Dan Dahl" not in page
    assert "Dan Dahl" in text(cast, "carol", "processes")


def test_the_register_is_filtered_in_the_address(cast: Cast) -> None:
    Process.objects.create(program=cast.program, key="x", name="Nobody’s work", unit=cast.units["water"])
    assert "Take the call" not in text(cast, "alice", "processes", "?owner=none")
    assert "Nobody’s work" in text(cast, "alice", "processes", "?owner=none")
    assert "Take the call" not in text(cast, "alice", "processes", f"?unit={cast.units['water'].pk}")
    assert "Nothing matches" in text(cast, "alice", "processes", "?fate=merge")


@pytest.mark.parametrize("who", ["frank", "grace"])
def test_auditor_and_administrator_have_no_workflows(cast: Cast, who: str) -> None:
    assert cast.client_of(who).get(address(cast, "list")).status_code == 404


def test_the_page_of_a_process_leads_to_what_becomes_of_it(cast: Cast) -> None:
    process = cast.things["process"]
    plan = reverse("realignment:process-fate", kwargs={"program": cast.program.slug, "pk": process.pk})
    assert f'href="{plan}"' in text(cast, "alice", "process", pk=process.pk)


def test_who_answers_is_dated_and_can_be_taken_back(cast: Cast) -> None:
    client, process = cast.alice.client(), cast.things["process"]
    held = AnswersFor.objects.get(process=process)
    client.post(address(cast, "end-holder", how="answers-for", pk=held.pk), {"end": "2026-03-01"})
    held.refresh_from_db()
    assert held.end == date(2026, 3, 1)
    client.post(address(cast, "reopen-holder", how="answers-for", pk=held.pk))
    held.refresh_from_db()
    assert held.end is None
    verbs = list(Entry.objects.about(process).values_list("verb", flat=True))
    assert verbs == ["ended that they answer for it", "took back that they end answering for it"]
    assert Version.objects.now()["processes"] == 2


def test_nobody_is_named_twice_for_one_time(cast: Cast) -> None:
    response = cast.alice.client().post(
        address(cast, "add-holder", how="does", pk=cast.things["billing_process"].pk),
        {"person": "Erin Eide", "start": "2026-01-01"},
    )
    assert "named for “Write the first bill” at that time already" in response.content.decode()


def test_an_end_must_come_after_its_start(cast: Cast) -> None:
    held = AnswersFor.objects.get(process=cast.things["process"])
    response = cast.alice.client().post(
        address(cast, "end-holder", how="answers-for", pk=held.pk), {"end": FIRST_DAY.isoformat()}
    )
    assert response.status_code == 422
    assert "cannot end on that day" in response.content.decode()


def test_a_workflow_and_its_steps_are_entered_by_hand(cast: Cast) -> None:
    client = cast.carol.client()
    response = client.post(
        address(cast, "add-workflow"), {"name": "Move-out", "customer_need": "A last bill that is right"}
    )
    row = Workflow.objects.get(name="Move-out")
    assert response.headers["Location"] == address(cast, "workflow", pk=row.pk)
    for order, name in enumerate(["Take the notice", "Read the meter"]):
        client.post(
            address(cast, "add-process"),
            {"name": name, "workflow": row.pk, "unit": cast.units["crews"].pk, "order": order},
        )
    first, second = Process.objects.filter(workflow=row)
    client.post(
        address(cast, "add-handoff", pk=row.pk),
        {"from_process": first.pk, "to_process": second.pk, "when": "as_is", "median_wait_working_hours": "12"},
    )
    assert "The work waits 1.5 days on its way" in text(cast, "carol", "workflow", pk=row.pk)
    assert {"workflows", "processes", "handoffs"} <= set(Version.objects.now())


def test_a_hand_off_is_removed_and_put_back(cast: Cast) -> None:
    client, row = cast.alice.client(), cast.things["handoff"]
    client.post(address(cast, "remove-handoff", pk=row.pk))
    assert not Handoff.objects.exists()
    client.post(address(cast, "put-back-handoff", entry=Entry.objects.get(verb="removed a hand-off").pk))
    assert Handoff.objects.get().pk == row.pk


def test_what_has_people_on_it_is_not_removed(cast: Cast) -> None:
    client, process = cast.alice.client(), cast.things["process"]
    page = client.post(address(cast, "remove-process", pk=process.pk), follow=True).content.decode()
    assert "so it stays" in page
    assert Process.objects.filter(pk=process.pk).exists()


def test_the_pages_ask_the_same_few_questions_however_many_processes(cast: Cast) -> None:
    client = cast.alice.client()
    addresses = [
        address(cast, "list"),
        address(cast, "processes"),
        address(cast, "workflow", pk=cast.things["workflow"].pk),
    ]
    counts = []
    for start in (0, 20):
        for number in range(start, start + 20):
            row = Process.objects.create(
                program=cast.program,
                key=f"p{number}",
                name=f"Step {number}",
                workflow=cast.things["workflow"],
                unit=cast.units["crews"],
            )
            AnswersFor.objects.create(process=row, person=cast.dan.person, start=FIRST_DAY)
        found = []
        for one in addresses:
            client.get(one)  # what stands beside the page (marks of the rail) is counted elsewhere
            with CaptureQueriesContext(connection) as asked:
                client.get(one)
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
