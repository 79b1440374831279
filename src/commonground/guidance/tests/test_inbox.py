"""The inbox: what it shows, how it is filtered, and how findings are worked from it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.guidance.inbox import last_monday
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh
from commonground.guidance.states import ASSIGNED, DISMISSED, OPEN, REOPENED
from commonground.guidance.tests.test_refresh import decided
from commonground.programs.models import Activity, Program

URL = "/northlight/findings/"
REASON = "The works council talks about it on Thursday."


@pytest.fixture
def finding(cast: Cast) -> Finding:
    decided(cast)
    refresh(cast.program, timezone.localdate(), timezone.now())
    return Finding.objects.get(code="MNGR-01")


def test_the_page_brings_itself_up_to_date(cast: Cast) -> None:
    decided(cast)
    page = cast.client_of("alice").get(URL).content.decode()
    assert "Dan Dahl answers for Write the first bill" in page
    assert "checked today at" in page


def test_a_program_without_processes_has_a_page_too(cast: Cast) -> None:
    Program.objects.create(slug="closer", name="Closer", started=timezone.localdate())
    client = cast.client_of("alice")
    client.get("/closer/findings/")
    page = client.get("/closer/findings/")
    assert page.status_code == 200
    assert "people and no processes" in page.content.decode()


def test_one_finding_is_open_beside_the_list_and_can_be_chosen(cast: Cast, finding: Finding) -> None:
    page = cast.client_of("alice").get(URL, {"open": finding.pk})
    assert page.context["finding"] == finding
    assert 'aria-current="true"' in page.content.decode()
    assert cast.client_of("alice").get(URL, {"open": 999_999}).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, True),
        ({"show": "act"}, True),
        ({"show": "watch"}, False),
        ({"show": "nobody"}, True),
        ({"show": "mine"}, False),
        ({"show": "dismissed"}, False),
        ({"practice": "MNGR"}, True),
        ({"practice": "OWN"}, False),
    ],
)
def test_filters(cast: Cast, finding: Finding, query: dict[str, str], shown: bool) -> None:
    rows = cast.client_of("alice").get(URL, query).context["found"].page.rows
    assert (finding in rows) is shown


def test_by_unit(cast: Cast, finding: Finding) -> None:
    client = cast.client_of("alice")
    assert finding in client.get(URL, {"unit": cast.units["billing"].pk}).context["found"].page.rows
    assert finding not in client.get(URL, {"unit": cast.units["water"].pk}).context["found"].page.rows


def test_csv_holds_what_the_list_shows(cast: Cast, finding: Finding) -> None:
    lines = b"".join(cast.client_of("alice").get(URL, {"format": "csv", "practice": "MNGR"})).decode().splitlines()
    assert lines[0].startswith("\ufeffcode,severity,subject")
    assert all(line.startswith("MNGR-") for line in lines[1:])
    assert any("process:first-bill" in line for line in lines)


def test_a_finding_is_given_to_somebody_and_handed_back(cast: Cast, finding: Finding) -> None:
    client = cast.client_of("alice")
    client.post(f"{URL}{finding.pk}/assign/", {"assign-to": cast.carol.user.pk, "assign-due": "2026-12-01"})
    finding.refresh_from_db()
    assert (finding.state, finding.user, finding.due) == (ASSIGNED, cast.carol.user, date(2026, 12, 1))
    assert finding in cast.client_of("carol").get(URL, {"show": "mine"}).context["found"].page.rows
    client.post(f"{URL}{finding.pk}/hand-back/")
    finding.refresh_from_db()
    assert (finding.state, finding.user) == (OPEN, None)


def test_a_person_without_access_can_have_a_finding(cast: Cast, finding: Finding) -> None:
    cast.client_of("alice").post(f"{URL}{finding.pk}/assign/", {"assign-person": "erin eide"})
    finding.refresh_from_db()
    assert (finding.person, finding.owner_name) == (cast.erin.person, "Erin Eide")


def test_an_unknown_name_is_refused_in_words(cast: Cast, finding: Finding) -> None:
    page = cast.client_of("alice").post(f"{URL}{finding.pk}/assign/", {"assign-person": "Nobody Nowhere"}, follow=True)
    assert "Nobody is called “Nobody Nowhere”" in page.content.decode()


def test_it_is_put_aside_with_a_reason_and_taken_up_again(cast: Cast, finding: Finding) -> None:
    client = cast.client_of("alice")
    client.post(f"{URL}{finding.pk}/dismiss/", {"dismiss-reason": "later"})
    finding.refresh_from_db()
    assert finding.state == OPEN
    client.post(f"{URL}{finding.pk}/dismiss/", {"dismiss-reason": REASON})
    finding.refresh_from_db()
    assert finding.state == DISMISSED
    assert finding.dismissed_until == timezone.now().date() + timedelta(days=30)
    page = client.get(URL, {"show": "dismissed", "open": finding.pk}).content.decode()
    assert REASON in page
    client.post(f"{URL}{finding.pk}/reopen/")
    finding.refresh_from_db()
    assert finding.state == REOPENED


def test_a_finding_becomes_an_activity(cast: Cast, finding: Finding) -> None:
    page = cast.client_of("alice").post(
        f"{URL}{finding.pk}/plan/", {"plan-words": "Invite Dan to the session of Friday"}, follow=True
    )
    activity = Activity.objects.get()
    assert (activity.practice, activity.unit) == ("MNGR", cast.units["billing"])
    assert "Invite Dan to the session of Friday" in page.content.decode()
    assert finding.planned.get().activity == activity


def test_what_was_done_is_told_beside_it(cast: Cast, finding: Finding) -> None:
    cast.client_of("alice").post(f"{URL}{finding.pk}/assign/", {"assign-to": cast.carol.user.pk})
    page = cast.client_of("bob").get(URL, {"open": finding.pk}).content.decode()
    assert "Alice Aalto gave it to Carol Cole" in page
    assert "found" in page


def test_the_address_to_go_back_to_is_our_own(cast: Cast, finding: Finding) -> None:
    client = cast.client_of("alice")
    for back in ("https://elsewhere.example/", "//elsewhere.example/northlight/findings/"):
        answer = client.post(f"{URL}{finding.pk}/reopen/", {"back": back})
        assert answer["Location"] == f"{URL}?open={finding.pk}"


def test_parameters_are_the_programs_own(cast: Cast, finding: Finding) -> None:
    client = cast.client_of("alice")
    client.post(f"{URL}guidelines/OWN-03/values/", {"processes": "9"})
    page = client.get(f"{URL}guidelines/").content.decode()
    assert 'value="9"' in page
    client.post(f"{URL}guidelines/OWN-01/values/", {"share": "0.1", "threshold": "3"})
    page = client.get(f"{URL}guidelines/").content.decode()
    assert "never lowered" in page
    assert cast.client_of("carol").post(f"{URL}guidelines/OWN-03/values/", {"processes": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("day", "monday"), [("2026-09-14", "2026-09-07"), ("2026-09-15", "2026-09-14"), ("2026-09-20", "2026-09-14")]
)
def test_last_monday(day: str, monday: str) -> None:
    assert last_monday(date.fromisoformat(day)) == date.fromisoformat(monday)


def test_a_finding_about_a_formal_step_is_for_those_who_may_see_formal_steps(cast: Cast) -> None:
    """Others would learn from it that there was one in a unit, and on which day."""
    made = Finding.objects.create(
        program=cast.program,
        code="REIN-01",
        kind="corrective_step",
        subject="F1",
        key="REIN-01 F1",
        severity="error",
        rank=0,
        part="plan",
        what="A formal step was taken in Billing, and nothing around the old way was changed before it",
        first_seen=timezone.localdate(),
        last_seen=timezone.localdate(),
    )
    seen = [
        name for name, one in cast.played.items() if Finding.objects.visible_to(one.actor).filter(pk=made.pk).exists()
    ]
    may = [name for name, one in cast.played.items() if one.actor.may("corrective.view") and one.actor.is_staff]
    assert seen == may
    assert "alice" in seen
