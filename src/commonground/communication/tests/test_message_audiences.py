"""Who an audience is, on which channel each hears, and mail that goes to nobody twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import AT, FIRST_DAY, Cast

from commonground.communication import mailing
from commonground.communication.audiences import people_in
from commonground.communication.mailing import Mailed
from commonground.communication.messages_for import messages_for
from commonground.communication.models import Cascade, CascadeStep, Hearer, PreferredChannel
from commonground.communication.preferred import split
from commonground.communication.tests.made_message import message
from commonground.organization.models import Assignment, Person
from commonground.outbox.models import Message as Mail
from commonground.programs.register import CannotError
from commonground.realignment.models import RoleFate

DAY = AT.date()


def names(cast: Cast, wanted: dict[str, str], unit: str = "", actor: Any = None, day: date = DAY) -> list[str]:
    rows = people_in(cast.program, cast.units[unit] if unit else None, wanted, day, actor)
    return sorted(row.person.name.split()[0].lower() for row in rows.select_related("person"))


@pytest.mark.parametrize(
    ("wanted", "unit", "who"),
    [
        ({}, "billing", "dan erin"),
        ({}, "customers", "carol dan erin heidi ivan"),
        ({"unit": "WAT"}, "billing", "charlie"),
        ({"unit": "nowhere"}, "", ""),
        ({"role": "contact-agent"}, "", "carol heidi ivan"),
        ({"level": "Staff"}, "", "carol charlie erin heidi ivan"),  # the role says it, whatever stands with the person
        ({"location": "Harbour", "role": "meter-reader"}, "", "charlie"),
        ({"shift": "night"}, "", ""),
    ],
)
def test_an_audience_is_found_by_its_attributes(cast: Cast, wanted: dict[str, str], unit: str, who: str) -> None:
    assert names(cast, wanted, unit) == who.split()


def test_an_audience_stays_current_as_people_move(cast: Cast) -> None:
    erin: Person = cast.erin.person
    erin.move(on=DAY, by=cast.alice.actor, at=AT, unit=cast.units["water"])
    assert names(cast, {}, "billing") == ["dan"]
    assert names(cast, {}, "billing", day=FIRST_DAY) == ["dan", "erin"]


def test_touched_counts_only_what_is_told_and_for_a_reader_what_they_see(cast: Cast) -> None:
    RoleFate.objects.draft(cast.roles["meter_reader"], program=cast.program, fate="end", by=cast.alice.actor, at=AT)
    assert "charlie" not in names(cast, {"touched": "yes"})
    assert "charlie" in names(cast, {"touched": "yes"}, actor=cast.alice.actor)
    assert "charlie" not in names(cast, {"touched": "yes"}, actor=cast.bob.actor)


def test_an_audience_splits_over_the_channels_that_people_have(cast: Cast) -> None:
    Person.objects.filter(pk__in=[cast.erin.person.pk, cast.heidi.person.pk]).update(email="")
    row = message(cast, unit=cast.units["customers"], channels=["email", "talk"])
    found = split(people_in(cast.program, row.unit, {}, DAY), row, DAY)
    assert (found.people, found.by, found.without, found.with_mail) == (5, {"email": 3, "talk": 2}, 0, 3)
    row.channels = ["email"]
    assert split(people_in(cast.program, row.unit, {}, DAY), row, DAY).without == 2
    program = cast.program
    PreferredChannel.objects.create(program=program, unit=cast.units["contact"], channel="talk")
    PreferredChannel.objects.create(program=program, person=cast.carol.person, channel="email")
    PreferredChannel.objects.create(program=program, person=cast.erin.person, channel="email")  # who has no address
    row.channels = ["email", "talk"]
    found = split(people_in(program, row.unit, {}, DAY), row, DAY)
    assert found.by == {"email": 2, "talk": 3}  # Dan and Carol; Erin, Heidi and Ivan


class TestMail:
    def test_it_goes_out_once_to_those_whom_e_mail_reaches(self, cast: Cast) -> None:
        row = message(cast, state="approved", known="The booking screen is there.")
        assert mailing.to_mail(row, DAY) == (2, 0, ())
        assert mailing.send(row, counted=2, by=cast.carol.actor, at=AT) == 2
        assert row.state == "out"
        sent = Mail.objects.order_by("recipient")
        assert [one.recipient for one in sent] == ["dan@example.org", "erin@example.org"]
        assert sent[0].subject == "Booking visits"
        assert "What we know: The booking screen is there." in sent[0].body
        with pytest.raises(CannotError, match="has “You book the visit” already"):
            mailing.send(row, counted=0, by=cast.carol.actor, at=AT)
        charlie: Person = cast.charlie.person
        charlie.move(on=DAY, by=cast.alice.actor, at=AT, unit=cast.units["billing"])
        assert mailing.send(row, counted=1, by=cast.carol.actor, at=AT) == 1
        assert (Mail.objects.count(), Mailed.objects.count()) == (3, 3)

    def test_a_count_that_changed_is_looked_at_again(self, cast: Cast) -> None:
        row = message(cast, state="approved")
        with pytest.raises(CannotError, match="would go to 2 people by now, and not to 3"):
            mailing.send(row, counted=3, by=cast.carol.actor, at=AT)
        assert not Mail.objects.exists()

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({}, "is draft. Somebody else approves it first"),
            ({"state": "in_review"}, "is in review"),
            ({"state": "approved", "channels": ["print"]}, "E-mail is none of the channels"),
            ({"state": "approved", "side": "customers"}, "goes to customers"),
        ],
    )
    def test_what_is_not_ready_does_not_go_out(self, cast: Cast, values: dict[str, Any], words: str) -> None:
        row = message(cast, **values)
        with pytest.raises(CannotError, match=words):
            mailing.send(row, counted=2, by=cast.carol.actor, at=AT)

    def test_each_gets_it_in_their_language(self, cast: Cast) -> None:
        row = message(cast)
        row.say("Polish", "Wizyty", "Od poniedziałku", by=cast.carol.actor, at=AT)
        Assignment.objects.filter(person=cast.erin.person).update(language="Polish")
        Assignment.objects.filter(person=cast.dan.person).update(language="Turkish")
        row.move_to("in_review", by=cast.carol.actor, at=AT)
        row.move_to("approved", by=cast.alice.actor, at=AT)
        assert mailing.to_mail(row, DAY).languages == ("Turkish",)
        mailing.send(row, counted=2, by=cast.carol.actor, at=AT)
        found = dict(Mail.objects.values_list("recipient", "subject"))
        assert found == {"erin@example.org": "Wizyty", "dan@example.org": "Booking visits"}


class TestForMe:
    def test_it_stands_on_the_page_of_its_audience_once_it_is_out(self, cast: Cast) -> None:
        row = message(cast, state="approved", start=DAY)
        assert messages_for(cast.erin.actor, cast.program, DAY) == []
        row.move_to("out", by=cast.carol.actor, at=AT)
        assert [one.row for one in messages_for(cast.erin.actor, cast.program, DAY)] == [row]
        assert messages_for(cast.charlie.actor, cast.program, DAY) == []
        assert messages_for(cast.erin.actor, cast.program, DAY - timedelta(days=1)) == []
        assert messages_for(cast.erin.actor, cast.program, DAY + timedelta(days=150)) == []

    def test_a_message_for_the_touched_reaches_nobody_before_they_are_told(self, cast: Cast) -> None:
        RoleFate.objects.draft(cast.roles["meter_reader"], program=cast.program, fate="end", by=cast.alice.actor, at=AT)
        message(cast, state="out", start=DAY, unit=None, audience={"touched": "yes"})
        assert messages_for(cast.charlie.actor, cast.program, DAY) == []

    def test_what_a_talk_is_to_bring_stands_there_once_the_talk_was_had(self, cast: Cast) -> None:
        row = message(cast, state="out", start=DAY)
        cascade = Cascade.objects.create(program=cast.program, message=row, opens=DAY, state="running")
        step = CascadeStep.objects.create(cascade=cascade, unit=cast.units["billing"], deliverer=cast.dan.person)
        Hearer.objects.create(step=step, person=cast.erin.person)
        assert messages_for(cast.erin.actor, cast.program, DAY) == []
        assert [one.row for one in messages_for(cast.dan.actor, cast.program, DAY)] == [row]
        CascadeStep.objects.update(delivered_on=DAY)
        assert [one.row for one in messages_for(cast.erin.actor, cast.program, DAY)] == [row]
