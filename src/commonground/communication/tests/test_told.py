"""What customers told us: noted without a name, and made a voice, an improvement, or closed with a reason."""

from typing import Any

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.communication.models import Improvement, Segment, Told
from commonground.journal.models import Entry
from commonground.programs.register import CannotError
from commonground.voice.models import Voice

PAGE = "/northlight/customers/told/"


def told(cast: Cast, **more: Any) -> Told:
    values = {"words": "The fax number on the letter is wrong", "many": 4, **more}
    return Told.objects.note(cast.program, values, by=cast.ivan.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_it_is_noted_by_hand_with_its_segment(cast: Cast) -> None:
    assert "Nothing that customers told us is noted yet" in text(cast, "carol")
    firms = Segment.objects.create(program=cast.program, key="small", name="Small firms")
    given = {"words": "We need it by fax", "segment": firms.pk, "many": 3, "on": timezone.localdate(), "channel": "fax"}
    ivan = cast.ivan.client()
    assert ivan.post("/northlight/customers/told/add/", given).status_code == 302
    page = text(cast, "carol")
    assert "One thing that customers told us waits for an answer" in page
    assert "Small firms" in page
    assert "3 said so" in page
    assert cast.carol.client().get("/northlight/customers/told/add/").status_code == 404


def test_it_becomes_a_voice_without_anybodys_name(cast: Cast) -> None:
    row = told(cast)
    ivan = cast.ivan.client()
    assert ivan.post(f"{PAGE}{row.pk}/voice/", {"kind": "doubt"}).status_code == 302
    voice = Voice.objects.get()
    assert (voice.kind, voice.author, voice.words) == (
        "doubt",
        None,
        "Customers (4 said so): The fax number on the letter is wrong",
    )
    row.refresh_from_db()
    assert row.voice == voice
    with pytest.raises(CannotError, match="has become something already"):
        row.become_improvement("Right numbers", by=cast.ivan.actor, at=AT)
    ivan.post(f"{PAGE}{row.pk}/open-again/")
    row.refresh_from_db()
    assert row.is_open
    assert Voice.objects.exists()


def test_it_begins_a_joint_improvement(cast: Cast) -> None:
    row = told(cast)
    cast.ivan.client().post(f"{PAGE}{row.pk}/improvement/", {"name": "One number on all letters"})
    row.refresh_from_db()
    assert row.improvement == Improvement.objects.get(name="One number on all letters")
    assert "an improvement" in text(cast, "carol")


def test_it_is_closed_with_a_reason_alone(cast: Cast) -> None:
    row = told(cast)
    assert cast.ivan.client().post(f"{PAGE}{row.pk}/close/", {"why": ""}).status_code == 422
    cast.ivan.client().post(f"{PAGE}{row.pk}/close/", {"why": "Corrected the same day"})
    assert "Corrected the same day" in text(cast, "carol", f"{PAGE}?state=closed")
    assert "closed: Corrected the same day" in text(cast, "carol", f"{PAGE}?format=csv")


def test_it_is_removed_and_put_back(cast: Cast) -> None:
    row = told(cast)
    cast.ivan.client().post(f"/northlight/customers/told/{row.pk}/remove/")
    assert not Told.objects.exists()
    entry = Entry.objects.filter(verb="removed what customers told us").get()
    cast.ivan.client().post(f"/northlight/customers/told/put-back/{entry.pk}/")
    assert Told.objects.get().many == 4


def test_it_is_not_for_everybody(cast: Cast) -> None:
    for name in ("erin", "frank", "grace"):
        assert cast.client_of(name).get(PAGE).status_code == 404
