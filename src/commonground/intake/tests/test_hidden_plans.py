"""What a sheet brings of plans is seen by whoever brought it, and a sheet does not find out what is hidden from its importer."""

from django.test import Client
from tests.cast import MODEL_BACKEND, Cast

from commonground.accounts.models import Grant, User, actor_for
from commonground.intake.models import Import
from commonground.intake.tests.bringing import AT, bring, take
from commonground.journal.models import Entry
from commonground.realignment.models import Conversation, RoleFate

ROLES = "id,name,fate,effective\nmeter-reader,Meter reader,{fate},2027-01-01\n"
WORDS = "not yours to see"


def another_lead(name: str = "lena") -> User:
    user = User.objects.create(username=name, name=name.title(), password="!")
    Grant.objects.create(user=user, role="lead")
    return user


def draft(cast: Cast) -> RoleFate:
    """Alice's draft, which no other lead may see."""
    keep = {"by": cast.alice.actor, "at": AT}
    return RoleFate.objects.draft(cast.roles["meter_reader"], program=cast.program, fate="end", **keep)


def test_guessing_a_hidden_plan_right_gets_the_answer_of_guessing_it_wrong(cast: Cast) -> None:
    draft(cast)
    lena = actor_for(another_lead(), person=None)
    answers = set()
    for fate in ("end", "keep", "merge"):
        row = bring(cast.program, lena, {"roles.csv": f"id,name,fate\nmeter-reader,Meter reader,{fate}\n"})
        table = row.summary["tables"][0]
        answers.add((table["kept_out"], table["unchanged"], row.summary["plans"], row.summary["errors"]))
        assert WORDS in str(row.summary["sorts"])
    assert answers == {(1, 1, 0, 1)}


def test_no_conversation_is_written_under_a_plan_that_is_hidden(cast: Cast) -> None:
    draft(cast)
    lena = actor_for(another_lead(), person=None)
    row = bring(cast.program, lena, {"conversations.csv": "role,offered_on,by\nmeter-reader,2026-09-01,\n"})
    assert WORDS in str(row.summary["sorts"])
    assert not Conversation.objects.exists()


def test_what_can_hold_plans_is_seen_by_who_brought_it_in_pages_and_journal(cast: Cast) -> None:
    lena = another_lead()
    plain = take(cast.program, cast.alice.actor, {"people.csv": "id,name\np1,Mara Holm\n"})
    plans = take(cast.program, cast.alice.actor, {"roles.csv": ROLES.format(fate="end")})
    for user, expected in ((cast.alice.user, {plain.pk, plans.pk}), (lena, {plain.pk})):
        actor = actor_for(user, person=None)
        assert set(Import.objects.visible_to(actor).values_list("pk", flat=True)) == expected
        told = Entry.objects.visible_to(actor).filter(verb="took sheets over").values_list("thing", flat=True)
        assert set(told) == expected


def test_another_lead_may_not_open_work_or_undo_it(cast: Cast) -> None:
    client = Client()
    client.force_login(another_lead(), backend=MODEL_BACKEND)
    row = take(cast.program, cast.alice.actor, {"roles.csv": ROLES.format(fate="end")})
    page = f"/northlight/imports/{row.pk}/"
    assert client.get(page).status_code == client.get(f"{page}kept-out/roles/").status_code == 404
    for act in ("undo", "set-aside", "decide", "columns"):
        assert client.post(f"{page}{act}/").status_code == 404
    assert page not in client.get("/northlight/imports/").content.decode()
    assert RoleFate.objects.exists()
