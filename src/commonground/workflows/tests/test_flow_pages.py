"""What the pages show of a log: the workflow's page, where work waits, their CSV, for whom, as of when, and what they keep back."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.events.models import Log
from commonground.programs.models import Milestone
from commonground.workflows.measured import Measured, Measuring
from commonground.workflows.measuring import measure_log
from commonground.workflows.models import Handoff, Process, Workflow
from commonground.workflows.seen import SeenActivity
from commonground.workflows.tests.measured_log import BILL, CALL, SUPPLY, WATER, Flowing, hold, rows

AS_OF = "as_of=2026-07-15"
SEE = ("alice", "bob", "carol", "dan", "erin", "charlie", "heidi", "ivan")


def page(flowing: Flowing, who: str = "alice", query: str = AS_OF) -> str:
    pk = flowing.cast.things["workflow"].pk
    return _get(flowing, who, reverse("workflows:workflow", kwargs={"program": "northlight", "pk": pk}), query)


def waits(flowing: Flowing, who: str = "alice", query: str = AS_OF) -> str:
    return _get(flowing, who, reverse("workflows:waits", kwargs={"program": "northlight"}), query)


def _get(flowing: Flowing, who: str, url: str, query: str) -> str:
    response = flowing.cast.client_of(who).get(f"{url}?{query}")
    assert response.status_code == 200
    return b"".join(response).decode("utf-8-sig") if response.streaming else response.content.decode()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("who", SEE)
def test_everybody_who_sees_workflows_sees_what_was_measured(flowing: Flowing, who: str) -> None:
    text = page(flowing, who)
    assert "A case takes 2.5 days at the median" in text
    assert "n = 90 cases" in text
    assert "1 Apr to 30 Jun 2026" in text
    assert "source: event log CRM" in text
    assert "Work waits most from Customers to Grid" in waits(flowing, who)


@pytest.mark.parametrize("who", ["frank", "grace"])
def test_others_have_no_such_pages(flowing: Flowing, who: str) -> None:
    url = reverse("workflows:waits", kwargs={"program": "northlight"})
    assert flowing.cast.client_of(who).get(url).status_code == 404
    if who == "grace":
        assert not Measured.objects.visible_to(flowing.cast.grace.actor).exists()


def test_the_register_takes_its_waits_from_the_log(flowing: Flowing) -> None:
    """Customers to Grid: a day since April, 18 of 90 came back."""
    Handoff.objects.filter(from_process=flowing.steps[CALL]).update(median_wait_working_hours=99, cases=3)
    row = next(
        one for one in table(page(flowing, query=f"{AS_OF}&format=csv&of=handoffs")) if one["from"] == "Customers"
    )
    assert row["to"] == "Grid"
    assert (row["median_wait_working_hours"], row["p90_wait_working_hours"]) == ("8.0", "8.0")
    assert (row["median_wait_calendar_hours"], row["cases"], row["share_back"]) == ("24.0", "90", "0.2")
    assert row["source"] == "measured in the log"
    assert (row["first_day"], row["last_day"]) == ("2026-04-01", "2026-06-30")


def test_a_hand_off_to_be_is_never_measured(flowing: Flowing) -> None:
    row = Handoff.objects.filter(from_process=flowing.steps[CALL], when="as_is").first()
    assert row is not None
    row.pk, row.when, row.median_wait_working_hours, row.cases = None, "to_be", 40, 5
    row.save()
    found = table(page(flowing, query=f"{AS_OF}&format=csv&of=handoffs&view=to_be"))
    assert [(one["median_wait_working_hours"], one["source"]) for one in found] == [("40.0", "as entered or imported")]


def test_where_the_log_tells_of_too_few_the_sheet_stands_and_says_so(flowing: Flowing) -> None:
    Handoff.objects.filter(from_process=flowing.steps[WATER]).update(median_wait_working_hours=24, cases=50)
    found = {one["steps"]: one for one in table(page(flowing, query=f"{AS_OF}&format=csv&of=handoffs"))}
    assert found[f"{WATER} to {BILL}"]["source"] == "as entered or imported"
    assert found[f"{SUPPLY} to {WATER}"]["source"] == "not shown: fewer people than the threshold"
    assert found[f"{SUPPLY} to {WATER}"]["cases"] == ""
    assert "fewer people" in page(flowing)


@pytest.mark.parametrize("query", [AS_OF, f"{AS_OF}&before=2026-03-31&after=2026-06-30", "as_of=2026-05-01"])
@pytest.mark.parametrize("who", ["alice", "erin"])
def test_the_unit_of_seven_shows_no_number_anywhere(flowing: Flowing, who: str, query: str) -> None:
    """Water takes from Grid and gives to Customers in every case: neither is in any table, list or CSV."""
    lines = [line for line in page(flowing, who, query).splitlines() if "Water" in line and "wait" in line.lower()]
    assert not [line for line in lines if "Wait, Grid to Water" in line or "Wait, Water to" in line]
    for one in table(page(flowing, who, f"{query}&format=csv&of=handoffs")):
        if "Water" in (one["from"], one["to"]):
            assert not any(one[name] for name in ("median_wait_working_hours", "cases", "share_back"))
    assert not [
        one for one in table(waits(flowing, who, f"{query}&format=csv")) if "Water" in one["from_unit"] + one["to_unit"]
    ]
    text = waits(flowing, who, query)
    assert "left out, fewer than 8 people in this time" in text
    assert "<span>Water in Move-in</span>" in text


def test_nor_can_it_be_had_by_subtracting(flowing: Flowing) -> None:
    """Crossings in the numbers are those of the units shown: 108 + 18 in 90 cases, without those to and from Water."""
    assert ">1.4<" in page(flowing)
    found = table(page(flowing, query=f"{AS_OF}&format=csv&of=times"))
    assert {one["crossings"] for one in found} == {"126"}
    assert {one["cases_with_loops"] for one in found} == {""}


def test_what_cannot_be_told_of_crossings_is_no_zero_in_csv_either(flowing: Flowing) -> None:
    """Where every unit that work could cross to is left out, the page says “not shown”."""
    for row in Measured.objects.exclude(workflow=None):
        row.data["flow"] |= {"between_units": [], "crossings": 0, "ping_pong_cases": 0}
        row.save()
    assert "not shown" in page(flowing)
    found = table(page(flowing, query=f"{AS_OF}&format=csv&of=times"))
    assert found
    assert {(one["crossings"], one["ping_pong_cases"]) for one in found} == {("", "")}


def test_a_day_shows_what_was_over_then(flowing: Flowing) -> None:
    assert "1 Jan to 31 Mar 2026" in page(flowing, query="as_of=2026-04-02")
    assert "waits 2 days" in page(flowing, query="as_of=2026-04-02") or "2 days" in page(
        flowing, query="as_of=2026-04-02"
    )
    assert "Not enough data yet" in page(flowing, query="as_of=2026-02-01")
    assert "Not enough data yet" in waits(flowing, query="as_of=2026-02-01")


def test_before_and_after_a_cut_over_are_compared(flowing: Flowing) -> None:
    Milestone.objects.create(program=flowing.program, kind="cut_over", actual=date(2026, 4, 1))
    text = page(flowing)
    assert '<option value="2026-03-31" selected>' in text
    row = next(line for line in text.splitlines() if "Wait, Customers to Grid" in line)
    assert ">2 days<" in row
    assert ">1 day<" in row
    assert ">1 day less<" in row
    assert "cut-over: 1 Apr 2026" in text


def test_any_two_times_can_be_compared_in_the_address(flowing: Flowing) -> None:
    text = page(flowing, query=f"{AS_OF}&before=2026-04-30&after=2026-05-31")
    assert '<option value="2026-04-30" selected>' in text
    assert '<option value="2026-05-31" selected>' in text
    assert page(flowing, query=f"{AS_OF}&before=nonsense&over=1-x&after=")


def test_ways_that_only_the_log_knows_are_listed(flowing: Flowing) -> None:
    """Grid asks Customers in a fifth of the cases; the register has no such hand-off."""
    text = page(flowing)
    assert "Only in the log: the register has no such hand-off" in text
    found = [one for one in table(page(flowing, query=f"{AS_OF}&format=csv&of=handoffs")) if one["in_register"] == "no"]
    assert sorted((one["from"], one["to"], one["cases"]) for one in found) == [
        ("Customers", "Grid", "18"),
        ("Grid", "Customers", "18"),
    ]


def test_what_comes_back_is_marked_on_the_map(flowing: Flowing) -> None:
    assert "20\u00a0% of the cases come back" in page(flowing)


def test_where_work_waits_is_filtered_sorted_and_dated(flowing: Flowing) -> None:
    found = table(waits(flowing, query=f"{AS_OF}&format=csv"))
    assert [(one["from_unit"], one["to_unit"], one["median_wait_working_hours"], one["cases"]) for one in found] == [
        ("Customers", "Grid", "8.0", "90"),
        ("Grid", "Customers", "1.0", "18"),
    ]
    assert [one["total_waiting_working_days"] for one in found] == ["90.0", "2.2"]
    early = table(waits(flowing, query=f"{AS_OF}&format=csv&period=2026-03-31"))
    assert early[0]["median_wait_working_hours"] == "16.0"
    assert "Customers to Grid waits longest: 1 day" in waits(flowing, query=f"{AS_OF}&sort=longest")
    other = Workflow.objects.create(program=flowing.program, key="x", name="Other")
    assert "No crossing to show here" in waits(flowing, query=f"{AS_OF}&workflow={other.pk}")


def test_a_workflow_that_another_time_tells_of_is_named(flowing: Flowing) -> None:
    assert "tells nothing of this time" not in waits(flowing)
    early = Measured.objects.of_program(flowing.program).order_by("ends")[0]
    early.pk, early.workflow = None, Workflow.objects.create(program=flowing.program, key="x", name="Other")
    early.save()
    text = waits(flowing, query=f"{AS_OF}&workflow={early.workflow.pk}")
    assert "tells nothing of this time" in text
    assert f"as_of=2026-07-15&amp;period={early.last_day}" in text
    assert "Other</a>" in waits(flowing, query=f"{AS_OF}&period={early.last_day}")


def test_the_whole_log_is_a_table_of_units(flowing: Flowing) -> None:
    text = waits(flowing)
    assert "The whole log, from unit to unit" in text
    assert text.count('class="few"') >= 4  # the row and the column of Water


def test_figures_behind_the_log_say_so(flowing: Flowing) -> None:
    said = "it is measured anew"
    assert said not in page(flowing)
    assert not Measuring.objects.exists()
    Log.objects.update(generation=2)
    assert said in page(flowing)
    assert said in waits(flowing)
    assert Measuring.objects.get().runs  # whoever opens the page first has asked for it
    Log.objects.update(generation=1)
    assert said in page(flowing)
    Measuring.objects.update(ended_at=AT)
    assert said not in page(flowing)


def test_a_step_that_moved_to_another_workflow_is_measured_anew(flowing: Flowing) -> None:
    other = Workflow.objects.create(program=flowing.program, key="x", name="Other")
    Process.objects.filter(pk=flowing.steps[BILL].pk).update(workflow=other)
    assert "it is measured anew" in page(flowing)
    assert Measuring.objects.get().runs


def test_after_a_fault_nobody_asks_again_by_looking(flowing: Flowing) -> None:
    Measuring.objects.create(log=flowing.log, asked_at=AT, ended_at=AT, fault="OSError: no room")
    Log.objects.update(generation=2)
    assert "measuring it anew stopped" in page(flowing)
    assert Measuring.objects.get().fault


def test_without_figures_each_page_says_why(unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    Log.objects.update(events=0)
    assert "No event log tells of this work yet" in waits(unmeasured)
    assert reverse("intake:logs", kwargs={"program": "northlight"}) in waits(unmeasured)
    assert reverse("intake:logs", kwargs={"program": "northlight"}) not in page(unmeasured, "erin")
    Log.objects.update(events=5)
    Measuring.objects.create(log=unmeasured.log, asked_at=AT)
    assert "being measured now" in page(unmeasured)
    Measuring.objects.update(fault="OSError: no room", ended_at=AT)
    assert "Measuring the event log stopped" in page(unmeasured)
    Measuring.objects.all().delete()
    SeenActivity.objects.all().delete()
    assert "No step of this workflow is found in the event log yet" in page(unmeasured)
    assert reverse("workflows:proposals", kwargs={"program": "northlight"}) in page(unmeasured)
    assert reverse("workflows:proposals", kwargs={"program": "northlight"}) not in page(unmeasured, "carol")


def test_a_log_of_some_weeks_is_shown_whole(unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    unmeasured.log.last = rows()[0].time + timedelta(days=40)
    unmeasured.log.save()
    hold(monkeypatch, [row for row in rows() if row.time <= unmeasured.log.last])
    measure_log(unmeasured.log, at=AT)
    text = page(unmeasured)
    assert "Not enough data yet for a comparison" in text
    assert "1 Jan to 14 Feb 2026" in text


def test_pages_ask_the_same_few_questions_however_much_was_measured(flowing: Flowing) -> None:
    client = flowing.cast.alice.client()
    pk = flowing.cast.things["workflow"].pk
    urls = [
        reverse("workflows:workflow", kwargs={"program": "northlight", "pk": pk}) + f"?{AS_OF}",
        reverse("workflows:waits", kwargs={"program": "northlight"}) + f"?{AS_OF}",
    ]
    counts = []
    for more in (0, 12):
        for number in range(more):
            flow = Workflow.objects.create(program=flowing.program, key=f"f{number}", name=f"Flow {number}")
            for row in Measured.objects.filter(workflow=pk):
                row.pk, row.workflow = None, flow
                row.save(force_insert=True)
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]


def test_another_program_shows_nothing_of_it(flowing: Flowing, cast: Cast) -> None:
    second = type(flowing.program).objects.create(slug="fleet", name="Fleet", goal="x", started=date(2026, 1, 1))
    url = reverse("workflows:waits", kwargs={"program": second.slug})
    text = cast.alice.client().get(url).content.decode()
    assert "No process of this program is found in an event log yet" in text
    assert "from unit to unit" not in text
