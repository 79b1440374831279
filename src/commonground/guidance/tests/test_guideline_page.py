"""The page of one guideline: what it looks for, what ends it, its values for the program and for units; findings of a past day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import AT, Cast

from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.guidelines.examples import finding_in
from commonground.guidance.models import Finding, Parameter, Turn
from commonground.guidance.reference import built_in, ended_by
from commonground.guidance.refresh import refresh

DAY = AT.date()


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    client.force_login(cast.alice.user)
    return client


def at(cast: Cast, path: str) -> str:
    return f"/{cast.program.slug}/findings/{path}"


@pytest.mark.parametrize("code", [one.code for one in built_in()])
def test_each_guideline_has_a_page_with_its_example_and_what_ends_it(cast: Cast, lead: Client, code: str) -> None:
    page = lead.get(at(cast, f"guidelines/{code}/"))
    assert page.status_code == 200
    assert page.context["finding"].what == finding_in(code).what
    assert page.context["ended_by"] == ended_by(CATALOGUE[code])


def test_a_guideline_that_does_not_exist_has_none(cast: Cast, lead: Client) -> None:
    assert lead.get(at(cast, "guidelines/NONE-01/")).status_code == 404


def test_a_unit_has_values_of_its_own_and_gives_them_back(cast: Cast, lead: Client) -> None:
    unit = cast.units["billing"]
    address = at(cast, "guidelines/OWN-03/values/")
    lead.post(address, {"processes": "2", "unit": unit.pk, "from": "page"})
    assert Parameter.objects.values_of(cast.program) == {}
    assert Parameter.objects.values_of_units(cast.program) == {"OWN-03": {unit.key: {"processes": 2.0}}}
    page = lead.get(at(cast, "guidelines/OWN-03/"))
    assert "processes 2" in page.content.decode()
    lead.post(address, {"unit": unit.pk, "from": "page"})
    assert Parameter.objects.values_of_units(cast.program) == {}


def test_what_cannot_be_meant_is_told_and_not_kept(cast: Cast, lead: Client) -> None:
    answer = lead.post(at(cast, "guidelines/OWN-02/values/"), {"threshold": "3", "from": "page"}, follow=True)
    assert "never lowered" in answer.content.decode()
    answer = lead.post(at(cast, "guidelines/OWN-03/values/"), {"processes": "many", "from": "page"}, follow=True)
    assert "is not a value for processes" in answer.content.decode()
    answer = lead.post(at(cast, "guidelines/OWN-03/values/"), {"processes": "3", "unit": "0"}, follow=True)
    assert "choose one from the list" in answer.content.decode()
    assert not Parameter.objects.exists()


def test_only_who_may_change_the_program_sets_values(cast: Cast, client: Client) -> None:
    client.force_login(cast.played["carol"].user)
    page = client.get(at(cast, "guidelines/OWN-03/"))
    assert page.status_code == 404 or page.context["form"] is None
    assert client.post(at(cast, "guidelines/OWN-03/values/"), {"processes": "1"}).status_code in (403, 404)
    assert not Parameter.objects.exists()


def test_values_of_a_unit_change_its_findings_alone(cast: Cast) -> None:
    refresh(cast.program, DAY, AT)
    parameters = Parameter.objects.all()
    before = set(Finding.objects.filter(code="OWN-03", ended_on=None).values_list("subject", flat=True))
    for unit in cast.units.values():
        parameters.put(cast.program, "OWN-03", "processes", 1e6, unit=unit, by=cast.alice.actor, at=AT)
    refresh(cast.program, DAY, AT)
    assert not Finding.objects.filter(code="OWN-03", ended_on=None).exclude(unit=None).exists()
    for unit in cast.units.values():
        parameters.put(cast.program, "OWN-03", "processes", None, unit=unit, by=cast.alice.actor, at=AT)
    refresh(cast.program, DAY, AT)
    assert set(Finding.objects.filter(code="OWN-03", ended_on=None).values_list("subject", flat=True)) == before


def made(cast: Cast, subject: str, *turns: tuple[int, str]) -> Finding:
    """A finding with what became of it, each so many days after the day."""
    row = Finding.objects.create(
        program=cast.program,
        code="PROC-01",
        kind="process",
        subject=subject,
        key=subject,
        view="told",
        severity="error",
        rank=0,
        what=f"Nobody answers for {subject}",
        part="workflows",
        first_seen=DAY + timedelta(days=turns[0][0]),
        last_seen=DAY,
    )
    Turn.objects.bulk_create(Turn(finding=row, on=DAY + timedelta(days=days), what=what) for days, what in turns)
    return row


@pytest.mark.parametrize(
    ("days", "open_then"),
    [(-1, set()), (0, {"a"}), (4, {"a", "b"}), (5, {"b"}), (9, {"b"}), (10, {"a", "b"}), (20, {"b"})],
)
def test_what_was_open_on_a_day_is_read_off_its_turns(cast: Cast, days: int, open_then: set[str]) -> None:
    made(cast, "a", (0, "found"), (5, "ended"), (10, "came_back"), (20, "ended"))
    made(cast, "b", (3, "found"), (7, "expired"))
    rows = Finding.objects.of(cast.program).filter(key__in=["a", "b"]).open_on(DAY + timedelta(days=days))
    assert set(rows.values_list("subject", flat=True)) == open_then


def test_the_page_of_findings_shows_a_past_day(cast: Cast, lead: Client) -> None:
    row = made(cast, "a", (0, "found"), (5, "ended"))
    Finding.objects.filter(pk=row.pk).update(state="ended", ended_on=DAY + timedelta(days=5))
    page = lead.get(at(cast, f"?as_of={DAY + timedelta(days=2)}&code=PROC-01"))
    assert "was open on" in page.content.decode() or "were open on" in page.content.decode()
    assert "Nobody answers for a" in page.content.decode()
    assert "Nobody answers for a" not in lead.get(at(cast, "?code=PROC-01")).content.decode()
    assert lead.get(at(cast, "?as_of=soon")).status_code == 200
    assert date.fromisoformat(str(page.context["filters"].as_of)) == DAY + timedelta(days=2)
