"""The demo in the database: the rows of the world, a sound journal, and one sign-in a role."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password

from commonground.access import roles
from commonground.accounts.models import User, actor_for
from commonground.analysis.facts import Activity, AmountOfChange, Round, Row, Voice
from commonground.demo.load import NotEmptyError, make_demo
from commonground.demo.signins import password_for, printed_signins
from commonground.demo.story import ACCOUNTS
from commonground.demo.voices import CODE, SAID
from commonground.guidance.facts_source import facts_of
from commonground.journal.models import Entry
from commonground.journal.recording import verify
from commonground.organization.models import Person
from commonground.programs.models import Program
from commonground.realignment.models import Perception, ProcessFate, RoleFate
from commonground.voice.models import Voice as Raised

DAY = date(2026, 9, 14)
AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
KINDS_SEEN = {"maren": {"reassigned"}, "ilse": {"diminished_role"}, "samuel": {"diminished_role"}, "bram": set()}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_database_holds_the_rows_of_the_world() -> None:
    world = make_demo(today=DAY, at=AT)
    for program in Program.objects.all():
        read = facts_of(program, "draft", DAY)
        for table, rows in world.sheets(program.slug).items():
            assert sorted(map(_told, read.rows(table)), key=str) == sorted(map(_told, rows), key=str), (
                program.slug,
                table,
            )
    assert verify().sound
    assert Entry.objects.filter(verb__startswith="loaded the sheet").count() >= 18
    with pytest.raises(NotEmptyError, match="people or a program already"):
        make_demo(today=DAY, at=AT)
    assert Program.objects.count() == 2


def _told(row: Row) -> Row:
    """Voices, topics and rounds have ids of their own in each database, and what was measured or counted is known to it alone."""
    if isinstance(row, Voice):
        return row._replace(id="", topic=row.topic and "one")
    if isinstance(row, Round):
        return row._replace(id="", invited=None, answered=None)
    if isinstance(row, Activity):
        return row._replace(people=None)
    return row._replace(gap=None) if isinstance(row, AmountOfChange) else row


def test_voices_can_be_followed_and_what_is_felt_is_for_two() -> None:
    make_demo(today=DAY, at=AT, people=400)
    assert Raised.objects.count() == len(SAID)
    row = Raised.objects.by_code(CODE)
    assert row is not None
    assert (row.kind, row.way, row.state) == ("fear", "anonymous", "answered")
    for username in ("maren", "ilse", "samuel", "bram"):
        user = User.objects.get(username=username)
        person = Person.objects.filter(user=user).first()
        seen = Perception.objects.visible_to(actor_for(user, person=person.pk if person else None))
        assert {one.kind for one in seen if one.words} == KINDS_SEEN[username], username


def test_sign_ins_one_a_role(tmp_path: Path) -> None:
    make_demo(today=DAY, at=AT, people=400)
    held = set()
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        validate_password(password_for(account.role), user)
        assert user.check_password(password_for(account.role))
        person = Person.objects.filter(user=user).first()
        held |= actor_for(user, person=person.pk if person else None).roles
    assert held == roles.EVERY
    written = json.loads((tmp_path / "demo_signins.json").read_text())
    assert [row["username"] for row in written] == [account.username for account in ACCOUNTS]
    assert all(set(row) == {"role", "name", "username", "password"} for row in written)
    assert len(printed_signins()) == len(ACCOUNTS) + 1


def test_drafts_are_seen_by_their_named_readers_alone() -> None:
    make_demo(today=DAY, at=AT, people=400)
    named = {"maren", "ruth"}
    for user in User.objects.all():
        person = Person.objects.filter(user=user).first()
        actor = actor_for(user, person=person.pk if person else None)
        for model in (ProcessFate, RoleFate):
            seen = model.objects.visible_to(actor).filter(stage="draft").exists()
            assert seen == (user.username in named), (user.username, model)


def test_the_meter_reader_sees_what_changes_for_him() -> None:
    make_demo(today=DAY, at=AT, people=400)
    user = User.objects.get(username="samuel")
    actor = actor_for(user, person=user.person.pk)
    assert RoleFate.objects.visible_to(actor).filter(role__key="meter-reader", stage="told").exists()
    assert ProcessFate.objects.visible_to(actor).filter(process__key="plan-the-round").exists()
