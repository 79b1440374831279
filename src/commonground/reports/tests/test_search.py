"""Search: finds what one may see by its name, and nothing that is not told yet."""

import pytest
from tests.cast import AT, NAMES, Cast

from commonground.assessments.models import Round
from commonground.communication.models import Message
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.models import Experiment
from commonground.guidance.techniques import CATALOGUE as TECHNIQUES
from commonground.organization.models import RolePeriod
from commonground.realignment.models import HolderPath, ProcessFate, RoleChange, RoleFate
from commonground.voice.models import Voice
from commonground.workflows.models import Process

URL = "/northlight/search/"


def found(cast: Cast, name: str, words: str) -> dict[str, list[str]]:
    page = cast.client_of(name).get(URL, {"q": words})
    assert page.status_code == 200
    return {hits.title: [hit.name for hit in hits.rows] for hits in page.context["found"]}


@pytest.mark.parametrize(
    ("words", "title", "name"),
    [
        ("dahl", "People", "Dan Dahl"),
        ("BILL", "Units", "Billing"),
        ("meter", "Roles", "Meter reader"),
        ("first bill", "Processes", "Write the first bill"),
        ("move-in", "Workflows", "Move-in"),
        ("who writes", "Searches for a new way", "Who writes the first bill?"),
        ("own-01", "Guidelines", CATALOGUE["OWN-01"].statement),
        ("kotter", "Techniques", TECHNIQUES["kotter"].name),
        ("stand-ups", "Experiments", "Stand-ups before the shift"),
        ("billing moves", "Messages", "When billing moves"),
    ],
)
def test_each_kind_is_found(cast: Cast, words: str, title: str, name: str) -> None:
    Experiment.objects.create(program=cast.program, name="Stand-ups before the shift")
    Message.objects.create(program=cast.program, title="When billing moves")
    assert name in found(cast, "alice", words)[title]


def test_an_employee_finds_themselves_and_no_colleague(cast: Cast) -> None:
    assert found(cast, "erin", "eide") == {"People": ["Erin Eide"]}
    assert "People" not in found(cast, "erin", "chen")


def test_techniques_and_guidelines_are_for_those_who_may_read_them(cast: Cast) -> None:
    assert found(cast, "erin", "kotter") == found(cast, "erin", "own-01") == {}


def test_a_search_of_others_is_not_found(cast: Cast) -> None:
    assert "Searches for a new way" not in found(cast, "erin", "who writes")


@pytest.mark.parametrize("stage", ["draft", "consulted"])
def test_nothing_staged_is_found_by_its_text(cast: Cast, stage: str) -> None:
    process = Process.objects.create(program=cast.program, key="zebra", name="Zebra work", planned_only=True)
    fates = [
        ProcessFate.objects.create(program=cast.program, process=process, fate="create", stage=stage, words="Zebra")
    ]
    role = RoleFate.objects.create(
        program=cast.program, role=cast.roles["billing_clerk"], fate="change", definition_after="Zebra", stage=stage
    )
    RoleChange.objects.create(role_fate=role, kind="other", size=-1, words="Zebra", offered="Zebra")
    HolderPath.objects.create(
        program=cast.program, person=cast.erin.person, role=cast.roles["billing_clerk"], fate="leaving", stage=stage
    )
    fates[0].readers.add(cast.carol.user)
    allowed = {"carol"} | ({"alice", "bob"} if stage == "consulted" else set())
    for name in set(NAMES) - {"frank", "grace"}:
        hits = found(cast, name, "zebra")
        assert (hits.get("Processes") == ["Zebra work"]) is (name in allowed), name
        assert set(hits) <= ({"Processes", "Findings"} if name in allowed else set()), name


def test_a_role_that_is_to_come_is_not_found_before_its_day(cast: Cast) -> None:
    RolePeriod.objects.filter(role=cast.roles["meter_reader"]).update(start="2090-01-01")
    assert "Roles" not in found(cast, "alice", "meter reader")


def test_short_and_strange_words(cast: Cast) -> None:
    assert found(cast, "alice", "b") == {}
    assert found(cast, "alice", "%%") == {}
    assert found(cast, "alice", "' OR 1=1 --") == {}
    page = cast.client_of("alice").get(URL, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_of_voices_only_what_all_may_read_is_found(cast: Cast) -> None:
    """The author's own words answer to no search, nor does one that is not published: whoever guesses a word learns nothing."""
    said = {"program": cast.program, "kind": "fear", "way": "anonymous", "raised_on": AT.date()}
    told = Voice.objects.create(pk=7, words="my foreman frightens me", public_words="Who decides about shifts?", **said)
    Voice.objects.create(pk=8, words="secret words", public_words="Shifts, still a draft", **said)
    Voice.objects.create(pk=9, words="x", public_words="Shifts, closed", published=True, state="closed", **said)
    assert "Voices" not in found(cast, "erin", "shifts")
    Voice.objects.filter(pk=told.pk).update(published=True)
    for name in ("alice", "erin"):
        assert found(cast, name, "shifts")["Voices"] == ["Who decides about shifts?"]
        assert "Voices" not in found(cast, name, "foreman")
        assert "Voices" not in found(cast, name, "secret")


def test_a_round_is_found_by_whom_it_is_shown_to(cast: Cast) -> None:
    days = {"opens_on": AT.date(), "closes_on": AT.date()}
    Round.objects.create(program=cast.program, name="Pulse of spring", instrument="readiness", state="closed", **days)
    Round.objects.create(program=cast.program, name="Pulse of autumn", instrument="readiness", **days)
    assert set(found(cast, "alice", "pulse")["Rounds of questions"]) == {"Pulse of spring", "Pulse of autumn"}
    assert found(cast, "erin", "pulse")["Rounds of questions"] == ["Pulse of spring"]
