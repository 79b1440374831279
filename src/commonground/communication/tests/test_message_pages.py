"""The pages of messages: plan, calendar, a message with its previews, words looked at, sending, what we know, and one's own page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.communication.messages import Message
from commonground.communication.models import PreferredChannel, Segment
from commonground.communication.tests.made_message import message
from commonground.outbox.models import Message as Mail
from commonground.voice.models import Topic

PAGE = "/northlight/messages/"


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_an_empty_plan_says_how_to_begin(cast: Cast) -> None:
    page = text(cast, "carol")
    assert "No message is planned yet" in page
    assert f"{PAGE}add/" in page
    assert f"{PAGE}add/" not in text(cast, "dan")
    for name in ("erin", "charlie", "grace"):
        assert cast.client_of(name).get(PAGE).status_code == 404


def test_the_plan_says_what_is_late_waits_and_is_missing(cast: Cast) -> None:
    today = timezone.localdate()
    message(cast, title="Too late", start=today - timedelta(days=9), end=today - timedelta(days=2))
    message(cast, state="in_review", title="To read", start=today + timedelta(days=3))
    page = text(cast, "bob")
    assert "One message is late; one waits for approval; one unit hears nothing in the next eight weeks" in page
    assert "is planned for the people of Water" in page
    assert "To read" not in text(cast, "bob", f"{PAGE}?state=late").split("<tbody>")[1]
    lines = text(cast, "bob", f"{PAGE}?format=csv").splitlines()
    assert lines[1].startswith("Too late,inside,Billing,their line manager,their line manager,e-mail,")
    message(cast, title="Everybody", unit=None, start=today)
    assert "hears nothing" not in text(cast, "bob")


@pytest.mark.parametrize("side", ["inside", "customers"])
def test_a_message_is_planned_and_changed_on_a_page(cast: Cast, side: str) -> None:
    carol = cast.carol.client()
    firms = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
    topic = Topic.objects.create(program=cast.program, name="Who books?")
    given: dict[str, Any] = {"title": "You book", "sender_kind": "team", "topics": [topic.pk]}
    if side == "inside":
        given |= {"unit": cast.units["billing"].pk, "level": "Staff", "touched": "on", "channels": ["talk"]}
    else:
        given |= {"segments": [firms.pk], "channels": ["fax", "letter"]}
    wrong = {**given, "start": "2026-12-01", "end": "2026-12-01"}
    assert carol.post(f"{PAGE}add/?side={side}", wrong).status_code == 422
    assert carol.post(f"{PAGE}add/?side={side}", given).status_code == 302
    row = Message.objects.get()
    assert (row.side, row.state, row.written_by, list(row.topics.all())) == (side, "draft", cast.carol.user, [topic])
    assert row.audience == ({"level": "Staff", "touched": "yes"} if side == "inside" else {})
    assert list(row.segments.all()) == ([] if side == "inside" else [firms])
    assert carol.post(f"{PAGE}{row.pk}/change/", {**given, "title": "You book it", "topics": []}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.topics.count()) == ("You book it", 0)
    assert (
        "Nothing was different"
        in carol.post(
            f"{PAGE}{row.pk}/change/", {**given, "title": "You book it", "topics": []}, follow=True
        ).content.decode()
    )


def test_words_are_looked_at_without_and_with_keeping_them(cast: Cast) -> None:
    row, carol = message(cast, words=False, channels=["email"], side="customers"), cast.carol.client()
    Message.objects.filter(pk=row.pk).update(channels=["sms"])
    given = {"language": "English", "subject": "", "body": "You were wrong – we leverage it soon."}
    page = carol.post(f"{PAGE}{row.pk}/words/", {**given, "look": "1"}).content.decode()
    assert "“You were wrong”" in page
    assert "“leverage”" in page
    assert "1 text message" in page
    assert not row.texts.exists()
    assert carol.post(f"{PAGE}{row.pk}/words/", given).status_code == 302
    assert row.texts.get().body == given["body"]
    assert "You were wrong" in text(cast, "bob", f"{PAGE}{row.pk}/")
    assert carol.post(f"{PAGE}{row.pk}/words/", {**given, "language": ""}).status_code == 422


def test_each_step_is_for_those_who_may(cast: Cast) -> None:
    row = message(cast)
    steps = f"{PAGE}{row.pk}/"
    assert cast.dan.client().post(f"{steps}set/in_review/").status_code == 404
    cast.carol.client().post(f"{steps}set/in_review/")
    assert cast.carol.client().post(f"{steps}set/approved/").status_code == 404
    assert cast.carol.client().post(f"{steps}approve/yes/").status_code == 404
    assert "Approve it" in text(cast, "bob", steps)
    cast.bob.client().post(f"{steps}approve/no/")
    cast.carol.client().post(f"{steps}set/in_review/")
    cast.bob.client().post(f"{steps}approve/yes/")
    assert Message.objects.get().state == "approved"
    assert cast.carol.client().post(f"{steps}set/dropped/").status_code == 302
    assert "No message" in text(cast, "carol", PAGE)
    assert "You book the visit" in text(cast, "carol", f"{PAGE}?state=all")
    cast.carol.client().post(f"{steps}set/draft/")
    assert Message.objects.get().state == "draft"


def test_mail_is_counted_then_sent(cast: Cast) -> None:
    row, carol = message(cast, state="approved"), cast.carol.client()
    page = text(cast, "carol", f"{PAGE}{row.pk}/send/")
    assert "2 people get it by e-mail" in page
    assert "No mail server is set here" in page
    assert cast.dan.client().get(f"{PAGE}{row.pk}/send/").status_code == 404
    carol.post(f"{PAGE}{row.pk}/send/", {"counted": "5"})
    assert not Mail.objects.exists()
    carol.post(f"{PAGE}{row.pk}/send/", {"counted": "2"})
    assert Mail.objects.count() == 2
    assert "Everybody whom e-mail reaches has it" in text(cast, "carol", f"{PAGE}{row.pk}/send/")
    assert "mailed to 2 people" in text(cast, "frank", f"{PAGE}{row.pk}/")


def test_who_is_in_it_is_listed_as_far_as_one_may_see_people(cast: Cast) -> None:
    row = message(cast, unit=cast.units["customers"])
    for who, names in (("carol", {"Dan", "Erin", "Heidi"}), ("dan", {"Dan", "Erin"}), ("frank", set())):
        page = text(cast, who, f"{PAGE}{row.pk}/people/")
        assert {name for name in ("Dan", "Erin", "Heidi") if f"{name} " in page.split("<h1")[1]} == names
    assert "Erin Eide,Billing,e-mail" in text(cast, "carol", f"{PAGE}{row.pk}/people/?format=csv")
    assert "5 people today: 5 by e-mail" in " ".join(text(cast, "frank", f"{PAGE}{row.pk}/").split())


def test_a_form_counts_its_audience(cast: Cast) -> None:
    page = text(cast, "carol", f"{PAGE}audience/?unit={cast.units['billing'].pk}&level=Staff&channels=email")
    assert "1 person" in page


def test_how_a_message_looks_on_each_channel(cast: Cast) -> None:
    row = message(cast, channels=["sms", "fax", "letter", "phone"], side="customers", known="The new number.")
    for channel, words in (
        ("sms", "text message"),
        ("fax", "1 page and a cover"),
        ("letter", "1 page"),
        ("phone", "<li>"),
    ):
        assert words in text(cast, "ivan", f"{PAGE}{row.pk}/?as={channel}")


def test_a_notice_is_a_pdf(cast: Cast) -> None:
    row = message(cast, next_word="More", next_on=timezone.localdate())
    answer = cast.dan.client().get(f"{PAGE}{row.pk}/notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_what_we_know_stands_once_it_is_out(cast: Cast) -> None:
    today = timezone.localdate()
    row = message(
        cast, known="The screen works.", unknown="Who comes first.", next_on=today - timedelta(days=1), start=today
    )
    assert "Nothing is written down yet" in text(cast, "erin", f"{PAGE}known/")
    for step, who in (("in_review", cast.carol), ("approved", cast.alice), ("out", cast.carol)):
        row.move_to(step, by=who.actor, at=timezone.now())
    assert "A promised word is overdue" in text(cast, "carol", f"{PAGE}known/")
    assert "Who comes first." in text(cast, "erin", f"{PAGE}known/")
    assert "The screen works." not in text(cast, "charlie", f"{PAGE}known/")
    assert "Booking visits" in text(cast, "erin", f"{PAGE}{row.pk}/read/")
    assert cast.client_of("charlie").get(f"{PAGE}{row.pk}/read/").status_code == 404
    assert "You book the visit" in text(cast, "erin", "/northlight/for-me/")


def test_a_topic_names_the_messages_that_answer_it(cast: Cast) -> None:
    topic = Topic.objects.create(program=cast.program, name="Who books?")
    row = message(cast)
    row.set_topics([topic], by=cast.carol.actor, at=timezone.now())
    assert "You book the visit" in text(cast, "heidi", f"/northlight/voices/topics/{topic.pk}/")
    assert "Who books?" in text(cast, "heidi", f"{PAGE}{row.pk}/")


def test_the_calendar_shows_first_days_and_promised_words(cast: Cast) -> None:
    today = timezone.localdate()
    message(cast, start=today, next_on=today, next_word="The list of sites")
    page = text(cast, "carol", f"{PAGE}calendar/")
    assert "1 message in" in page
    assert "Next word: The list of sites" in page
    for month in ("nonsense", "9999-12", "0001-01"):
        assert cast.carol.client().get(f"{PAGE}calendar/?month={month}").status_code == 200


def test_how_somebody_is_best_reached_is_noted_removed_and_put_back(cast: Cast) -> None:
    carol = cast.carol.client()
    add = f"{PAGE}preferredchannel/add/"
    assert carol.post(add, {"channel": "talk"}).status_code == 422
    assert carol.post(add, {"channel": "talk", "unit": cast.units["crews"].pk, "note": "In the van"}).status_code == 302
    assert carol.post(add, {"channel": "print", "person": cast.erin.person.key}).status_code == 302
    assert carol.post(add, {"channel": "talk", "person": cast.erin.person.key}).status_code == 422
    page = text(cast, "carol", f"{PAGE}channels/")
    assert "Metering crews" in page
    assert "Erin Eide" in page
    row = PreferredChannel.objects.get(person=None)
    carol.post(f"{PAGE}preferredchannel/{row.pk}/remove/")
    assert "Put it back" in text(cast, "carol", f"{PAGE}channels/")
