"""A silence is told to the sponsor, alone and first; nobody reads of it in journal, mail page, facts or findings before that."""

from datetime import date, datetime, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.coalition.models import Act, Sponsor
from commonground.coalition.silence import MAIL, OTHERS_AFTER, quiet, resolve, tell
from commonground.guidance.coalition_rows import sponsors
from commonground.guidance.reading import Reading
from commonground.journal.models import Entry
from commonground.outbox.models import Message
from commonground.outbox.secrets import NothingToSend

BEGUN = date(2026, 6, 1)


def ago(days: int) -> date:
    return BEGUN + timedelta(days=days)


def at(days: int) -> datetime:
    return AT.replace(year=ago(days).year, month=ago(days).month, day=ago(days).day)


@pytest.fixture
def bob(cast: Cast) -> Sponsor:
    return Sponsor.objects.appoint(cast.program, cast.bob.person, unit=None, start=BEGUN, by=cast.alice.actor, at=at(0))


def told_in_facts(cast: Cast, days: int) -> date | None:
    return sponsors(Reading(cast.program.pk, (), ago(days)))[0].told


def test_from_the_thirtieth_day_on_they_are_told_once(cast: Cast, bob: Sponsor) -> None:
    assert [tell(cast.program, ago(days), at=at(days)) for days in (29, 30, 31, 90)] == [0, 1, 0, 0]
    bob.refresh_from_db()
    assert bob.told_on == ago(30)


def test_an_act_ends_it_and_the_next_silence_is_told_anew(cast: Cast, bob: Sponsor) -> None:
    tell(cast.program, ago(30), at=at(30))
    row = Act(program=cast.program, person=cast.bob.person, on=ago(33), kind="visited")
    Act.objects.log(row, today=ago(33), by=cast.bob.actor, at=at(33))
    assert quiet(cast.program, ago(40)) == []
    assert quiet(cast.program, ago(63))[0].told is None
    assert tell(cast.program, ago(63), at=at(63)) == 1


def test_a_planned_act_is_not_seen_yet(cast: Cast, bob: Sponsor) -> None:
    row = Act(program=cast.program, person=cast.bob.person, on=ago(40), kind="visited", planned=True)
    Act.objects.log(row, today=ago(29), by=cast.bob.actor, at=at(29))
    assert [one.person for one in quiet(cast.program, ago(41))] == [cast.bob.person]


def test_nobody_else_reads_of_it_in_the_journal(cast: Cast, bob: Sponsor) -> None:
    tell(cast.program, ago(30), at=at(30))
    verb = "told a sponsor of their silence"
    assert Entry.objects.filter(verb=verb).exists()
    for who in ("alice", "carol", "dan", "frank", "grace"):
        assert not Entry.objects.visible_to(cast.played[who].actor).filter(verb=verb).exists(), who


def test_the_page_of_mail_shows_nobody_to_whom_it_went(cast: Cast, bob: Sponsor, settings) -> None:
    cast.bob.person.email = "bob@northlight.example"
    cast.bob.person.save()
    tell(cast.program, ago(30), at=at(30))
    mail = Message.objects.get(kind=MAIL)
    assert mail.shown_to() == "Recipient not shown"
    assert "Bob" not in mail.subject + mail.body
    assert "sponsor" not in mail.subject.casefold()
    assert "is noted yet" in resolve(mail.secret)["words"]
    row = Act(program=cast.program, person=cast.bob.person, on=ago(31), kind="visited")
    Act.objects.log(row, today=ago(31), by=cast.bob.actor, at=at(31))
    with pytest.raises(NothingToSend):
        resolve(mail.secret)


def test_facts_hold_it_only_once_others_may_know(cast: Cast, bob: Sponsor) -> None:
    tell(cast.program, ago(30), at=at(30))
    assert [told_in_facts(cast, days) for days in (30, 36, 37, 44)] == [None] * 4
    assert told_in_facts(cast, OTHERS_AFTER.days) == ago(30)
    Sponsor.objects.update(told_on=ago(40))
    assert (told_in_facts(cast, 46), told_in_facts(cast, 47)) == (None, ago(40))


def test_who_cannot_be_reached_is_not_taken_to_be_told(cast: Cast) -> None:
    person = cast.heidi.person
    person.user, person.email = None, ""
    person.save()
    Sponsor.objects.appoint(cast.program, person, unit=None, start=BEGUN, by=cast.alice.actor, at=at(0))
    assert tell(cast.program, ago(60), at=at(60)) == 0
    assert quiet(cast.program, ago(60))[0].told is None


def test_who_works_here_no_longer_is_not_quiet_but_gone(cast: Cast, bob: Sponsor) -> None:
    cast.bob.person.leave(on=ago(20), by=cast.alice.actor, at=at(20))
    assert quiet(cast.program, ago(60)) == []
