"""The library in the browser: found by what is seen, compared at an address, planned with, and added to."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.cast import AT, Cast

from commonground.guidance.own_techniques import OwnTechnique
from commonground.guidance.technique_library import library_of, offered, used
from commonground.guidance.techniques import CATALOGUE
from commonground.journal.models import Entry
from commonground.programs.models import Activity

LIBRARY = "/northlight/techniques/"
FORM = {
    "name": "Ten calls, heard together",
    "summary": "Board and agents hear ten calls of one customer.",
    "steps": "Choose ten calls.\n\nHear them.",
    "symptoms": ["confusion"],
    "causes": ["not_understood"],
    "practice": "LEAD",
    "activity_kind": "engage",
    "effort": "6",
}


@pytest.fixture
def alice(cast: Cast) -> Client:
    return cast.alice.client()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def planned(cast: Cast, technique: str, **values: object) -> Activity:
    row = Activity(key=Activity.new_key(), kind="retire", words="The last sheet", technique=technique, **values)
    return cast.program.add(row, by=cast.alice.actor, at=AT)


def test_the_library_shows_all_and_finds_by_what_is_seen(alice: Client) -> None:
    assert text(alice, LIBRARY).count("<tr>") == len(CATALOGUE) + 1
    page = text(alice, f"{LIBRARY}?symptom=trained-not-using")
    names = re.findall(r'<a class="plain" href="[^"]+">([^<]+)</a>', page)
    assert names[:3] == [CATALOGUE[key].name for key in ("com-b", "leaders-first", "remove-obstacle")]
    assert "the same course again" in page
    assert "not checked in the original" in page


def test_filters_narrow_and_an_empty_answer_says_so(alice: Client) -> None:
    page = text(alice, f"{LIBRARY}?evidence=D")
    assert "do not stage people" in page
    assert page.count("<tr>") == 2
    assert "Nothing matches" in text(alice, f"{LIBRARY}?q=zeppelin")
    assert text(alice, f"{LIBRARY}?practice=CUST&kind=technique&com_b=physical_opportunity").count("<tr>") >= 2
    table = b"".join(alice.get(f"{LIBRARY}?format=csv").streaming_content).decode()
    assert len(table.splitlines()) == len(CATALOGUE) + 1


def test_a_technique_says_how_far_its_source_was_read_and_where_it_is_used(alice: Client, cast: Cast) -> None:
    row = planned(cast, "sunset", start=date(2026, 9, 7), owner=cast.carol.person)
    page = text(alice, f"{LIBRARY}sunset/")
    assert "not checked in the original" in page
    assert "The last sheet" in page
    assert cast.carol.person.name in page
    assert "technique=sunset&amp;kind=retire&amp;practice=SOFT" in page
    assert CATALOGUE["sunset"].name in text(alice, f"/northlight/plan/activity/{row.pk}/")
    assert alice.get(f"{LIBRARY}nothing/").status_code == 404


def test_what_contested_theories_say_cannot_be_planned(alice: Client) -> None:
    assert "Plan an activity with it" not in text(alice, f"{LIBRARY}kubler-ross/")


def test_several_stand_side_by_side_at_an_address_that_can_be_passed_on(alice: Client) -> None:
    page = text(alice, f"{LIBRARY}compare/?with=sunset&with=com-b&with=sunset&with=&with=nothing")
    assert f"{CATALOGUE['sunset'].name}, or {CATALOGUE['com-b'].name}?" in page
    keys = ["sunset", "com-b", "lewin", "kotter", "satir", "adkar"]
    many = text(alice, LIBRARY + "compare/?" + "&".join(f"with={key}" for key in keys))
    assert "Four techniques side by side" in many
    assert "two more were left out" in many
    assert "Nothing to compare yet" in text(alice, f"{LIBRARY}compare/")


def test_behind_a_no_each_cause_leads_to_its_methods_and_force_is_not_proposed(alice: Client) -> None:
    page = text(alice, f"{LIBRARY}resistance/")
    for key in ("education", "participation", "support", "negotiation"):
        assert f"{LIBRARY}{key}/" in page
    assert "What this product does not propose" in page
    assert "Coercion" in page


def test_one_of_our_own_is_added_changed_removed_and_put_back(alice: Client, cast: Cast) -> None:
    assert alice.post(f"{LIBRARY}owntechnique/add/", FORM).status_code == 302
    row = OwnTechnique.objects.get()
    one = library_of(cast.program.pk, cast.alice.actor)[row.key]
    assert (one.evidence, one.steps, one.symptoms) == ("ours", ("Choose ten calls.", "Hear them."), ("confusion",))
    page = text(alice, f"{LIBRARY}{row.key}/")
    assert "what was seen here" in page
    assert "Change" in page
    changed = {**FORM, "seen": "Held in March: three of four things done.", "symptoms": ["confusion", "silent"]}
    assert alice.post(f"{LIBRARY}owntechnique/{row.pk}/change/", changed).status_code == 302
    row.refresh_from_db()
    assert row.symptoms == ["confusion", "silent"]
    assert "Held in March" in text(alice, f"{LIBRARY}{row.key}/")
    alice.post(f"{LIBRARY}owntechnique/{row.pk}/remove/")
    assert alice.get(f"{LIBRARY}{row.key}/").status_code == 404
    entry = Entry.objects.get(verb="removed a technique")
    assert FORM["name"] in text(alice, LIBRARY)
    alice.post(f"{LIBRARY}owntechnique/put-back/{entry.pk}/")
    assert OwnTechnique.objects.get().key == row.key


def test_hours_that_are_none_are_refused_on_the_form(alice: Client) -> None:
    refused = alice.post(f"{LIBRARY}owntechnique/add/", {**FORM, "effort": "0"})
    assert refused.status_code == 422
    assert "Give the hours of work" in refused.content.decode()


def test_an_activity_begins_with_its_technique_and_keeps_it(alice: Client, cast: Cast) -> None:
    own = cast.program.add(
        OwnTechnique(key="own-calls", name="Ten calls", steps="Hear.", practice="LEAD"), by=cast.alice.actor, at=AT
    )
    assert ("own-calls", "Ten calls") in offered(cast.program.pk, cast.alice.actor)
    page = text(alice, "/northlight/plan/activity/add/?technique=own-calls&kind=engage&practice=LEAD&words=Calls")
    assert '<option value="own-calls" selected>Ten calls</option>' in page
    values = {"words": "Calls", "kind": "engage", "technique": own.key, "state": "planned", "practice": "LEAD"}
    assert alice.post("/northlight/plan/activity/add/", values).status_code == 302
    assert used(cast.program.pk, cast.alice.actor) == {"own-calls": 1}
    row = Activity.objects.get()
    own.remove(by=cast.alice.actor, at=AT)
    assert (
        alice.post(f"/northlight/plan/activity/{row.pk}/change/", {**values, "words": "Calls again"}).status_code == 302
    )
    row.refresh_from_db()
    assert (row.words, row.technique) == ("Calls again", "own-calls")


def test_dropped_ones_do_not_count_as_in_use(cast: Cast) -> None:
    planned(cast, "sunset", state="dropped")
    planned(cast, "", state="planned")
    assert used(cast.program.pk, cast.alice.actor) == {}


def test_who_does_not_work_on_the_program_has_no_library(cast: Cast) -> None:
    assert cast.erin.client().get(LIBRARY).status_code == 404
    assert "Add one of your own" not in text(cast.ivan.client(), LIBRARY)
