"""The coalition of the demo: what each of its people finds, and that nothing is left of who named whom in the round that is over."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.assessments.in_days import OPEN
from commonground.coalition.asked_of_me import asked_of
from commonground.coalition.ballots import Ballot
from commonground.coalition.models import Champion, Member, NetworkFile, Nomination
from commonground.coalition.naming import named_by
from commonground.coalition.nominations import SELECTED, Candidate
from commonground.demo.coalition_rows import weeks
from commonground.demo.days import Days
from commonground.demo.load import make_demo
from commonground.demo.story import SLUG
from commonground.demo.world import build
from commonground.organization.models import Person
from commonground.outbox.models import Message
from commonground.programs.models import Program

DAY = date(2026, 9, 14)
AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)


def _actor(username: str) -> Actor:
    user = User.objects.select_related("person").get(username=username)
    return actor_for(user, person=user.person.pk)


@pytest.mark.django_db
def test_each_finds_what_is_asked_of_them(tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    make_demo(today=DAY, at=AT, people=400)
    program = Program.objects.get(slug=SLUG)
    over, running = Nomination.objects.get(state=SELECTED), Nomination.objects.get(state=OPEN)

    assert not Ballot.objects.filter(nomination=over).exists()
    assert not Candidate.objects.exists()
    assert over.forgotten_on is not None
    samuel = _actor("samuel")
    assert asked_of(samuel, program, DAY).round == running
    assert samuel.person is not None
    assert named_by(running, samuel.person) == {Person.objects.get(name="Ahmed Mansour").pk}

    farah = asked_of(_actor("farah"), program, DAY)
    assert farah.champion is not None
    assert not farah.named
    assert [str(row.person) for row in Member.objects.to_agree(_actor("helen"), program, DAY)] == ["Julia Kamińska"]
    assert Champion.objects.of(program).serving(DAY).filter(person__name="Ilse Brandt").exists()

    (network,) = NetworkFile.objects.lying()
    assert timedelta(weeks=2) < network.expires_on - DAY < timedelta(weeks=4)
    assert not Message.objects.filter(secret__startswith="sponsor:").exists()


def test_weeks_of_champions_lie_behind_and_the_newest_comes_first() -> None:
    noted = weeks(0, 45, Days(DAY))
    assert noted[0][0] == date(2026, 9, 7)
    assert [day.weekday() for day, _, _ in noted] == [0] * len(noted)
    assert sorted(noted, reverse=True) == noted


def test_everybody_whom_the_story_knows_is_who_they_are() -> None:
    world = build(today=DAY, people=400)
    names = {row.id: row.name for row in world.force.rows}
    assert {name: names[key] for name, key in world.by_name.items()} == {name: name for name in world.by_name}
