"""The pace home: a sentence, a line per behaviour, and an answer for each that cannot be said yet."""

import csv
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from tests.cast import Cast

from commonground.adoption.lines import Line, statement
from commonground.adoption.models import Observing
from commonground.adoption.standing import COMING, REACHED, Due
from commonground.adoption.tests import made
from commonground.programs.models import Program

AT = datetime(2026, 9, 14, 7, tzinfo=UTC)
PAGE = "/northlight/pace/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(datetime(2026, 9, 14, 9, tzinfo=UTC), tick=False):
        yield


def text_of(client: Client, url: str = PAGE) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, url: str) -> list[dict[str, str]]:
    answer = client.get(url)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_the_first_use_tells_three_steps_and_leads_on(cast: Cast):
    text = text_of(cast.alice.client())
    assert "No behaviour is named yet" in text
    assert "/northlight/pace/library/" in text
    assert "Begin before the cut-over" in text
    assert "Choose a ready one" not in text_of(cast.bob.client())  # a sponsor reads, and does not write


def test_a_line_says_now_where_it_goes_and_how_late(cast: Cast):
    row = made.behaviour(cast.program, "case", "Hand over with the case")
    made.paced(row, made.late(), at=AT)
    text = text_of(cast.alice.client())
    assert "“Hand over with the case” is 24 months late" in text
    assert "29\u00a0%" in text
    assert "28–30\u00a0%" in text
    assert "n = 9,480, 602 people" in text
    assert "Mar 2029" in text
    assert "planned Apr 2027" in text
    assert "relapse alarm: Metering crews" in text


def test_every_state_is_said(cast: Cast):
    program: Program = cast.program
    for key, pace in (("few", made.withheld()), ("young", made.sparse()), ("gaps", made.gappy())):
        made.paced(made.behaviour(program, key, f"Behaviour {key}"), pace, at=AT)
    made.behaviour(program, "none", "Without a log")
    going = made.behaviour(program, "going", "Going on")
    Observing.objects.create(behaviour=going, asked_at=AT, progress="month 7 of 18")
    stuck = made.behaviour(program, "stuck", "Stuck")
    Observing.objects.create(behaviour=stuck, asked_at=AT, ended_at=AT, fault="The key of pseudonyms is gone.")
    text = text_of(cast.alice.client())
    assert "Fewer people than the threshold stand behind it" in text
    assert "no forecast yet" in text
    assert "It has no event log yet" in text
    assert "month 7 of 18" in text
    assert "The key of pseudonyms is gone." in text
    assert text.index("Behaviour few") < text.index("Behaviour young") < text.index("Stuck")


def test_what_only_counts_log_ins_is_marked_and_not_judged(cast: Cast):
    row = made.behaviour(cast.program, "open", "Open the CRM", vanity=True)
    made.paced(row, made.late(), at=AT)
    text = text_of(cast.alice.client())
    assert "log-ins alone" in text
    assert "which cannot be held against a plan yet" in text


def test_the_table_has_every_line_and_leaves_empty_what_is_not_known(cast: Cast):
    made.paced(made.behaviour(cast.program, "case", "Hand over"), made.late(), at=AT)
    made.paced(made.behaviour(cast.program, "few", "Few"), made.withheld(), at=AT)
    known, few = rows_of(cast.alice.client(), f"{PAGE}?format=csv")
    assert known["months_late"] == "24"
    assert known["occasions_4_weeks"] == "9480"
    assert few["measured"] == "withheld"
    assert few["share_new"] == few["people"] == few["occasions_4_weeks"] == ""


def test_whoever_does_not_see_benefits_sees_no_column_of_them(cast: Cast):
    made.paced(made.behaviour(cast.program, "case", "Hand over"), made.late(), at=AT)
    assert "Each month" in text_of(cast.alice.client())
    assert "Each month" not in text_of(cast.frank.client())
    assert cast.erin.client().get(PAGE).status_code == 404


def test_an_earlier_day_knows_nothing_of_later_alarms(cast: Cast):
    made.paced(made.behaviour(cast.program, "case", "Hand over"), made.late(), at=AT)
    text = text_of(cast.alice.client(), f"{PAGE}?as_of=2026-03-02")
    assert "relapse alarm" not in text
    assert "no forecast yet" in text


def test_the_home_reads_few_rows_and_never_all_figures(cast: Cast, django_assert_max_num_queries):
    for number in range(8):
        made.paced(made.behaviour(cast.program, f"b{number}", f"Behaviour {number}"), made.full(), at=AT)
    client = cast.alice.client()
    client.get(PAGE)
    with django_assert_max_num_queries(60) as seen:
        client.get(PAGE)
    assert not any('"adoption_paced"."data"' in query["sql"] for query in seen.captured_queries)


def line(name: str, late: int | None, state: str = COMING, *, vanity: bool = False) -> Line:
    row = made.Behaviour(name=name, vanity=vanity)
    day = date(2027, 4, 1) if late is not None else None
    due = Due(0.8, day, day, day, day, late, state)
    return Line(row, "measured", "", "", None, None, due, (), None, None)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("A", 0), line("B", -2)], "All two behaviours are on plan"),
        ([line("A", 0)], "The one behaviour is on plan"),
        ([line("A", 6)], "None of one behaviour is on plan; “A” is six months late"),
        (
            [line("A", 0), line("B", 6), line("C", 2), line("D", 0)],
            "Two of four behaviours are on plan; “B” is six months late, one more is late",
        ),
        (
            [line("A", 1), line("B", None), line("C", None, REACHED)],
            "Of three behaviours two can be judged: one is on plan; “A” is one month late",
        ),
        ([line("A", None)], "One behaviour, which cannot be held against a plan yet"),
        (
            [line("A", 3), line("Log in", 30, vanity=True), line("C", 0)],
            "One of two behaviours is on plan; “A” is three months late",
        ),
    ],
)
def test_the_statement_counts_and_names_the_latest(lines: list[Line], said: str):
    assert statement(lines) == said
