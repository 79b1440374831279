"""The pages of the realignment: what they say, what they write, and that nobody sees on them what is not theirs yet."""

from typing import Any

import pytest
from tests.cast import Cast

from commonground.realignment.models import (
    Acknowledgement,
    Conversation,
    HolderPath,
    ProcessFate,
    RoleChange,
    RoleFate,
)
from commonground.realignment.tests.told import AT, TODAY, Told, bring, make_told

SLUG = "northlight"


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def page(cast: Cast, who: str, path: str, status: int = 200) -> str:
    answer = cast.client_of(who).get(f"/{SLUG}/realignment/{path}")
    assert answer.status_code == status, f"{who} at {path}: {answer.status_code}"
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()


def post(cast: Cast, who: str, path: str, status: int = 302, **values: Any) -> str:
    answer = cast.client_of(who).post(f"/{SLUG}/realignment/{path}", values)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_the_balance_says_what_stands_out(told: Told) -> None:
    text = page(told.cast, "alice", "balance/")
    assert "One role loses and is offered nothing" in text
    assert "Billing clerk" in text
    assert "Unbalanced" in text
    assert "−2" in text


def test_the_balance_of_those_who_may_not_see_the_draft_is_empty(told: Told) -> None:
    for who in ("bob", "carol", "dan"):
        assert "Billing clerk" not in page(told.cast, who, "balance/")
    assert page(told.cast, "erin", "balance/", 404)


def test_the_balance_as_csv(told: Told) -> None:
    lines = page(told.cast, "alice", "balance/?format=csv").splitlines()
    assert lines[0].endswith("role,holders,kind,lost,gained,offered,accepted,state")
    assert lines[1] == "Billing clerk,2,decisions,2,0,,,Unbalanced"
    assert "Billing" not in page(told.cast, "carol", "balance/?format=csv")


def test_a_filter_that_matches_nothing_says_so(told: Told) -> None:
    assert "No role is in this state" in page(told.cast, "alice", "balance/?state=fine")


def test_a_role_is_drafted_on_its_page(cast: Cast) -> None:
    pk = cast.roles["meter_reader"].pk
    assert "Draft what becomes of it" in page(cast, "alice", f"roles/{pk}/")
    assert "Draft what becomes of it" not in page(cast, "bob", f"roles/{pk}/")
    post(cast, "alice", f"roles/{pk}/plan/", fate="change", effective="2026-11-09", definition_after="Reads by device.")
    text = page(cast, "alice", f"roles/{pk}/")
    assert "Meter reader changes on 9 Nov 2026" in text
    assert "<ins>" in text
    assert "<del>" in text
    assert "9 Nov" not in page(cast, "bob", f"roles/{pk}/"), "the sponsor is not named in the draft"
    post(cast, "alice", f"roles/{pk}/plan/", fate="end", effective="", definition_after="")
    assert RoleFate.objects.get(role=pk).fate == "end"


def test_gains_losses_offers_and_answers(told: Told) -> None:
    cast, role = told.cast, told.role.role_id
    post(cast, "alice", f"roles/{role}/gains/", kind="craft", size="2", words="booking by phone")
    loss = RoleChange.objects.get(role_fate=told.role, size=-2)
    post(cast, "alice", f"gains/{loss.pk}/", kind="title", size="-1", words="the word head")
    post(cast, "alice", f"gains/{loss.pk}/offer/", words="Owner of first bills", on="2026-09-01")
    assert "Offer open" in page(cast, "alice", "balance/")
    post(cast, "alice", f"gains/{loss.pk}/answer/", accepted="yes")
    assert "What each role loses is made good or agreed" in page(cast, "alice", "balance/")
    post(cast, "alice", f"gains/{loss.pk}/answer/", accepted="no")
    assert "One role loses more than is made good" in page(cast, "alice", "balance/")
    text = page(cast, "alice", f"roles/{role}/")
    assert "Owner of first bills" in text
    assert "booking by phone" in text


def test_what_is_removed_comes_back_by_its_form(told: Told) -> None:
    loss = RoleChange.objects.get(role_fate=told.role)
    client = told.cast.client_of("alice")
    answer = client.post(f"/{SLUG}/realignment/gains/{loss.pk}/remove/", follow=True)
    assert not RoleChange.objects.filter(pk=loss.pk).exists()
    text = answer.content.decode()
    assert 'value="which bill waits"' in text
    assert 'value="-2" selected' in text


def test_own_words_are_asked_for(told: Told) -> None:
    text = post(told.cast, "alice", f"roles/{told.role.role_id}/gains/", 422, kind="other", size="-1", words="")
    assert "needs these words" in text


def test_the_stages_on_the_page(told: Told) -> None:
    cast, role = told.cast, told.role
    step = f"role/{role.pk}/step/"
    post(cast, "alice", step, step="consult")
    assert "Billing clerk changes" in page(cast, "bob", f"roles/{role.role_id}/")
    post(cast, "alice", step, step="tell")
    role.refresh_from_db()
    assert role.stage == "consulted", "the line has not spoken"
    assert "disabled" in page(cast, "alice", f"roles/{role.role_id}/")
    post(cast, "alice", step, step="line_spoke", on="2026-09-10")
    post(cast, "alice", step, step="tell")
    role.refresh_from_db()
    assert role.stage == "told"
    post(cast, "alice", step, step="put_in_force")
    role.refresh_from_db()
    assert role.stage == "in_force"


def test_withdrawn_and_taken_up_again(told: Told) -> None:
    cast, step = told.cast, f"role/{told.role.pk}/step/"
    post(cast, "alice", step, step="withdraw", why="not needed")
    assert "Take it up again" in page(cast, "alice", "")
    assert "Billing clerk" not in page(cast, "alice", "balance/")
    post(cast, "alice", step, step="take_up")
    assert "Billing clerk" in page(cast, "alice", "balance/")


def test_a_reader_is_named(told: Told) -> None:
    post(told.cast, "alice", f"role/{told.role.pk}/readers/", reader="Bob Berg")
    assert "Billing clerk changes" in page(told.cast, "bob", f"roles/{told.role.role_id}/")
    client = told.cast.client_of("alice")
    path = f"/{SLUG}/realignment/role/{told.role.pk}/readers/"
    assert "Their line speaks with them first" in client.post(path, {"reader": "erin"}, follow=True).content.decode()
    assert "has no access" in client.post(path, {"reader": "nobody"}, follow=True).content.decode()


def test_those_whom_it_concerns_cannot_reach_the_control(told: Told) -> None:
    for who in ("erin", "dan", "charlie", "frank", "grace"):
        post(told.cast, who, f"role/{told.role.pk}/step/", 404, step="tell")
    assert told.cast.client_of("alice").get(f"/{SLUG}/realignment/role/{told.role.pk}/step/").status_code == 405
    post(told.cast, "alice", f"nonsense/{told.role.pk}/step/", 404, step="tell")
    post(told.cast, "alice", f"role/{told.role.pk}/step/", 404, step="nonsense")


def test_a_process_is_drafted_changed_and_shown(told: Told) -> None:
    cast = told.cast
    take: Any = cast.things["process"]
    assert "What becomes of Take the call?" in page(cast, "alice", f"processes/{take.pk}/fate/")
    page(cast, "bob", f"processes/{take.pk}/fate/", 404)
    values = {"fate": "automate", "words": "The call books itself", "effective": "2026-12-01"}
    post(cast, "alice", f"processes/{take.pk}/fate/", **values, to_owners="Heidi Holm\nP3")
    fate = ProcessFate.objects.get(process=take)
    assert sorted(one.name for one in fate.to_owners.all()) == ["Carol Cole", "Heidi Holm"]
    assert "Take the call is to be done by a machine" in page(cast, "alice", f"processes/{take.pk}/fate/")
    text = post(cast, "alice", f"processes/{take.pk}/fate/", 422, **values, to_owners="Nobody")
    assert "Nobody is found under “Nobody”" in text
    page(cast, "carol", f"processes/{take.pk}/fate/", 404)
    bring(fate, "told", cast.alice.actor)
    assert "The call books itself" in page(cast, "carol", f"processes/{take.pk}/fate/")


def test_a_hidden_plan_looks_as_none_and_is_not_written_over(told: Told) -> None:
    """Alice is named; Lars, a change lead whom it concerns, finds the page of a process without a plan."""
    lars = told.viewers["concerned lead"]
    told.cast.played["lars"] = type(told.cast.alice)(
        type(told.cast.alice.user).objects.get(pk=lars.user), told.lars, lars
    )
    path = f"processes/{told.process.process_id}/fate/"
    assert "What becomes of Write the first bill?" in page(told.cast, "lars", path)
    text = post(told.cast, "lars", path, 422, fate="keep")
    assert "There is a plan for this already, yours to see or not" in text
    assert "Contact" not in page(told.cast, "lars", "")


def test_paths_those_without_one_first(told: Told) -> None:
    cast = told.cast
    told.path.withdraw(on=TODAY, by=cast.alice.actor, at=AT)
    text = page(cast, "alice", "paths/")
    assert "1 person whose role changes has no path yet" in text
    assert text.index("Erin Eide") < text.index("Lars Lund")
    address = f"roles/{told.role.role_id}/holders/{cast.erin.person.pk}/"
    assert "names that role" in post(cast, "alice", address, 422, fate="new_role")
    post(cast, "alice", address, fate="new_role", to_role=str(cast.roles["contact_agent"].pk), to_manager="Carol Cole")
    row = HolderPath.objects.get(person=cast.erin.person)
    assert row.to_manager == cast.carol.person
    assert "Erin Eide goes to a new role" in page(cast, "alice", address)
    assert "Erin Eide" not in page(cast, "carol", "paths/")
    lines = page(cast, "alice", "paths/?format=csv").splitlines()
    assert "Erin Eide,Billing clerk,new_role,Contact agent,,Carol Cole,draft," in lines
    page(cast, "alice", f"roles/{told.role.role_id}/holders/{cast.charlie.person.pk}/", 404)


def test_the_manager_notes_the_talk(told: Told) -> None:
    cast = told.cast
    bring(told.role, "told", cast.alice.actor)
    address = f"roles/{told.role.role_id}/holders/{cast.erin.person.pk}/heard/"
    assert "We talked" not in page(cast, "dan", f"roles/{told.role.role_id}/")
    post(cast, "dan", address, step="discussed_manager")
    assert not Acknowledgement.objects.filter(discussed_manager__isnull=False).exists(), "nothing was read yet"
    post(cast, "dan", address, step="read")
    assert "We talked" in page(cast, "dan", f"roles/{told.role.role_id}/")
    post(cast, "dan", address, step="discussed_manager")
    row = Acknowledgement.objects.get(person=cast.erin.person)
    assert row.read
    assert row.discussed_manager
    assert not row.acknowledged
    post(cast, "dan", address, step="discussed_manager", undo="1")
    row.refresh_from_db()
    assert row.discussed_manager is None
    post(cast, "dan", address, 404, step="acknowledged")
    post(cast, "carol", address, 404, step="read")


def test_a_conversation_is_noted_with_its_day_and_by_whom(told: Told) -> None:
    cast = told.cast
    bring(told.role, "told", cast.alice.actor)
    post(cast, "dan", f"roles/{told.role.role_id}/conversations/", on="2026-09-10", offered_by="Dan Dahl")
    talk = Conversation.objects.get(role_fate=told.role)
    assert talk.offered_by == cast.dan.person
    assert "10 Sep 2026, by Dan Dahl" in page(cast, "dan", f"roles/{told.role.role_id}/")
    post(cast, "dan", f"conversations/{talk.pk}/remove/")
    assert not Conversation.objects.exists()


def test_what_is_planned_by_stage(told: Told) -> None:
    cast = told.cast
    text = page(cast, "alice", "")
    assert "4 changes are not yet told to those concerned" in text
    assert "2 paths" in text
    assert "Erin Eide" in page(cast, "alice", "paths/?stage=draft")
    assert "Erin Eide" not in page(cast, "alice", "paths/?stage=told")
    assert "Nothing is planned that is yours to see" in page(cast, "carol", "")
    bring(told.role, "told", cast.alice.actor)
    assert "Billing clerk" in page(cast, "carol", "?stage=told")
    assert "Put it in force" in page(cast, "carol", "")
    assert "Process,Write the first bill,move,draft" in page(cast, "alice", "?format=csv&kind=process")
