"""Pages of cascades: what each shows to whom, what a tap does, and what is printed."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.communication import cascade_steps as steps
from commonground.communication.cascade_overview import names_for, overview
from commonground.communication.cascade_picture import drawn
from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.held import held_on
from commonground.communication.keeping_cascades import RULES
from commonground.communication.kits import kits_of, print_kits, print_return_list
from commonground.communication.tests.test_cascade_steps import a_cascade, a_message, talk
from commonground.journal.models import Entry
from commonground.organization.models import Assignment
from commonground.realignment.models import RoleFate
from commonground.voice.models import Point, Topic, Voice

DAY = AT.date()
UNDER = "/northlight/messages"


@pytest.fixture
def cascade(cast: Cast) -> Cascade:
    """Begun today by the clock, as the pages have it."""
    return a_cascade(cast, opens=timezone.localdate())


def text(response: object) -> str:
    content: bytes = response.content
    return content.decode()


def test_the_list_the_tree_and_who_has_not_heard(cast: Cast, cascade: Cascade) -> None:
    alice = cast.alice.client()
    listed = text(alice.get(f"{UNDER}/cascades/"))
    assert "One number for every customer" in listed
    assert "0 of" in listed
    tree = text(alice.get(f"{UNDER}/cascades/{cascade.pk}/"))
    assert "7 people have not heard" in tree
    assert "<svg" in tree
    assert "Dan Dahl" in tree
    rest = text(alice.get(f"{UNDER}/cascades/{cascade.pk}/not-heard/"))
    assert "Billing" in rest
    people = text(alice.get(f"{UNDER}/cascades/{cascade.pk}/not-heard/?list=people"))
    assert "Erin Eide" in people
    branch = alice.get(f"{UNDER}/cascades/{cascade.pk}/?from={talk(cascade, cast.dan.person).pk}")
    assert branch.status_code == 200


def test_a_unit_manager_is_told_names_of_their_own_people_alone(cast: Cast, cascade: Cascade) -> None:
    people = text(cast.dan.client().get(f"{UNDER}/cascades/{cascade.pk}/not-heard/?list=people"))
    assert "Erin Eide" in people
    assert "Heidi Holm" not in people


@pytest.mark.parametrize("query", ["", "?state=late", "?format=csv", "?list=people&format=csv", "?state=nothing"])
def test_lists_come_in_every_form(cast: Cast, cascade: Cascade, query: str) -> None:
    assert cast.alice.client().get(f"{UNDER}/cascades/{cascade.pk}/not-heard/{query}").status_code == 200


def test_a_deliverer_without_a_role_holds_their_talk_with_three_taps(cast: Cast, cascade: Cascade) -> None:
    """Erin stands in for Dan. Her page, the button that opens, the button that notes it."""
    dan = talk(cascade, cast.dan.person)
    steps.name_deputy(dan, cast.erin.person, why="away", by=cast.alice.actor, at=AT)
    topic = Topic.objects.open(cast.program, name="Will my number stay?", by=cast.alice.actor, at=AT)
    cascade.message.set_topics([topic], by=cast.alice.actor, at=AT)
    erin = cast.erin.client()
    before = text(erin.get(f"{UNDER}/my-talks/"))
    assert "You hear it first from your own line" in before
    assert erin.get(f"{UNDER}/talks/{dan.pk}/kit.pdf").status_code == 404, "not before she has heard"
    assert "each customer has one number" not in text(erin.get(f"{UNDER}/talks/{dan.pk}/"))
    assert dan.above is not None
    steps.confirm(dan.above, on=timezone.localdate(), heard=None, by=cast.bob.actor, at=timezone.now())
    mine = text(erin.get(f"{UNDER}/my-talks/"))
    assert "Today, they were there" in mine
    assert "each customer has one number" in text(erin.get(f"{UNDER}/talks/{dan.pk}/"))
    assert erin.get(f"{UNDER}/talks/{dan.pk}/kit.pdf").content.startswith(b"%PDF")
    done = erin.post(
        f"{UNDER}/talks/{dan.pk}/held/", {"on": timezone.localdate().isoformat(), "back": "mine"}, follow=True
    )
    assert "Thank you. Noted" in text(done)
    dan.refresh_from_db()
    assert dan.delivered_by == cast.erin.person
    asked = erin.post(
        f"{UNDER}/talks/{dan.pk}/ask/", {"kind": "question", "words": "Does the old one work?"}, follow=True
    )
    assert "Handed on" in text(asked)
    assert Voice.objects.get().topic == topic, "she does not see a topic that waits, and it is the only one"
    erin.post(f"{UNDER}/talks/{dan.pk}/take-back/", {"back": "mine"})
    dan.refresh_from_db()
    assert dan.delivered_on is None


def test_a_talk_of_somebody_else_is_not_there(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    for name in ("charlie", "grace", "frank"):
        assert cast.client_of(name).get(f"{UNDER}/talks/{dan.pk}/").status_code == 404, name
        assert cast.client_of(name).post(f"{UNDER}/talks/{dan.pk}/take-back/").status_code == 404, name
    assert cast.charlie.client().get(f"{UNDER}/cascades/{cascade.pk}/").status_code == 404
    assert cast.heidi.client().post(f"{UNDER}/cascades/{cascade.pk}/end/").status_code == 404, "a champion looks only"


def test_news_of_a_change_that_is_not_told_is_seen_by_nobody_whom_it_touches(cast: Cast) -> None:
    """Dan's role is to change and he has not been told: neither the cascade nor his own talk is there for him, and it cannot begin."""
    fate = RoleFate(program=cast.program, role=cast.roles["head_of_billing"], fate="change")
    fate.begin(by=cast.alice.actor, at=AT)
    row = a_cascade(cast, started=False, message=a_message(cast, role_fate=fate))
    with pytest.raises(ValueError, match="not told yet"):
        steps.start(row, by=cast.alice.actor, at=AT)
    Cascade.objects.filter(pk=row.pk).update(state="running")
    dan = talk(row, cast.dan.person)
    CascadeStep.objects.filter(pk=dan.pk).update(opens=DAY, closes=DAY + timedelta(days=3))
    client = cast.dan.client()
    assert client.get(f"{UNDER}/cascades/{row.pk}/").status_code == 404
    assert client.get(f"{UNDER}/talks/{dan.pk}/").status_code == 404
    assert "One number" not in text(client.get(f"{UNDER}/cascades/"))
    assert "One number" not in text(client.get(f"{UNDER}/my-talks/"))
    assert not any(one.rows for one in held_on(cast.dan.person, cast.dan.user) if one.kind.startswith("talks"))
    entries = Entry.objects.filter(kind__startswith="communication.cascade")
    assert entries.exists()
    assert not entries.visible_to(cast.frank.actor).exists(), "sealed until it is told"


def test_beginning_changing_and_dropping_by_form(cast: Cast) -> None:
    message, alice = a_message(cast), cast.alice.client()
    assert str(message) in text(alice.get(f"{UNDER}/cascades/add/?message={message.pk}"))
    given = {
        "message": message.pk,
        "first": "Bob Berg",
        "opens": "2026-09-14",
        "days": 5,
        "rule": "days",
        "questions": "One?\n\nTwo?",
    }
    page = text(alice.post(f"{UNDER}/cascades/add/", given, follow=True))
    assert "would reach 7 people" in page
    row = Cascade.objects.get()
    assert row.asked == ["One?", "Two?"]
    changed = alice.post(
        f"{UNDER}/cascades/{row.pk}/change/", {**given, "first": "Alice Aalto", "days": 2}, follow=True
    )
    assert "Changed" in text(changed)
    row.refresh_from_db()
    assert row.days == 2
    assert row.first == cast.alice.person
    for step in ("start", "take-back-start", "propose-anew", "drop"):
        assert alice.post(f"{UNDER}/cascades/{row.pk}/{step}/").status_code == 302, step
    assert not Cascade.objects.exists()


def test_what_comes_back_on_paper(cast: Cast, cascade: Cascade) -> None:
    """What is wrong stands with its number and the remedy; what is right is noted."""
    alice, here = cast.alice.client(), f"{UNDER}/cascades/{cascade.pk}/returns/"
    first, second = cascade.steps.filter(depth=0).order_by("pk")[:2]
    today = timezone.localdate().isoformat()
    answer = alice.post(here, {f"on-{first.pk}": today, f"heard-{first.pk}": "1", f"on-{second.pk}": "soon"})
    assert answer.status_code == 422
    assert f"No. {second.pk}: “soon” is no day." in text(answer)
    first.refresh_from_db()
    assert first.heard == 1
    assert alice.post(here, {f"on-{second.pk}": today, f"heard-{second.pk}": ""}).status_code == 302
    second.refresh_from_db()
    assert (second.delivered_on, second.heard) == (timezone.localdate(), None)


def test_kits_hold_what_is_said_and_asked(cast: Cast, cascade: Cascade) -> None:
    """In the languages of the team as far as there are words, with an open address to ask without a name."""
    cascade.questions = "What would help us?"
    cascade.save()
    point = Point.objects.open(cast.program, name="Everybody", unit=None, by=cast.alice.actor, at=AT)
    Assignment.objects.filter(person=cast.erin.person).update(language="Polish")
    cascade.message.texts.create(language="Polish", subject="Jeden numer", body="Od marca każdy klient ma jeden numer.")
    dan = CascadeStep.objects.select_related("cascade__message", "cascade__program").get(
        pk=talk(cascade, cast.dan.person).pk
    )
    kits = kits_of([dan], cast.program, DAY)
    assert [kit.language for kit in kits] == ["Polish"], "all of the team speak it"
    assert point.code in kits[0].point
    Assignment.objects.filter(person=cast.erin.person).update(language="Turkish")
    assert [kit.language for kit in kits_of([dan], cast.program, DAY)] == ["English"], "there are no words in Turkish"
    made = BytesIO()
    print_kits(made, kits, title="x", small=False)
    assert made.getvalue().startswith(b"%PDF")
    assert made.getvalue().count(b"/Type /Page\n") == 1
    listed = BytesIO()
    print_return_list(listed, cascade, list(cascade.steps.all()), DAY, small=False)
    assert listed.getvalue().startswith(b"%PDF")


def test_the_pages_that_print(cast: Cast, cascade: Cascade) -> None:
    alice = cast.alice.client()
    for name in ("kits.pdf", "returns.pdf", f"kits.pdf?from={talk(cascade, cast.dan.person).pk}"):
        answer = alice.get(f"{UNDER}/cascades/{cascade.pk}/{name}")
        assert answer.status_code == 200, name
        assert answer["Content-Type"] == "application/pdf"
    cascade.steps.update(delivered_on=DAY)
    assert alice.get(f"{UNDER}/cascades/{cascade.pk}/kits.pdf").status_code == 302, "nothing is left to print"


def test_the_picture_holds_every_talk_inside_the_one_above(cast: Cast, cascade: Cascade) -> None:
    found = overview(cascade, DAY)
    picture = drawn(found.roots, names_for(list(found.nodes.values()), cast.alice.actor, DAY), 1000)
    boxes = {box.pk: box for box in picture.boxes}
    assert len(boxes) + picture.left_out == len(found.nodes)
    for node in found.nodes.values():
        if node.above is not None and node.pk in boxes:
            box, above = boxes[node.pk], boxes[node.above]
            assert above.x - 0.2 <= box.x
            assert box.x + box.width <= above.x + above.width + 0.2
            assert box.y > above.y


def test_what_is_held_on_a_person_and_for_how_long(cast: Cast, cascade: Cascade) -> None:
    rows = {one.kind: one.rows for one in held_on(cast.dan.person, cast.dan.user)}
    assert [row["about"] for row in rows["talks-held"]] == ["One number for every customer"]
    assert len(rows["talks-heard"]) == 1
    (rule,) = RULES
    steps.confirm(talk(cascade, cast.bob.person), on=DAY, heard=None, by=cast.bob.actor, at=AT)
    edge = DAY + timedelta(days=1)
    due, before = rule.due(edge), Hearer.objects.count()
    assert due > 0
    assert rule.run(edge, AT) == due
    assert Hearer.objects.count() == before - due
