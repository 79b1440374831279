"""`commonground mail …` and `commonground access …`."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from commonground.accounts.models import SecondFactor, SignInCode
from commonground.accounts.provider import Provider
from commonground.accounts.second_factor import new_secret
from commonground.cli import app
from commonground.outbox import states
from commonground.outbox.models import Message
from commonground.outbox.post import Server
from commonground.outbox.tests.mail_server import opened
from commonground.outbox.way import Way
from tests.cast import AT, Cast


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


@pytest.mark.django_db
def test_a_dry_run_tells_what_waits_and_sends_nothing() -> None:
    Message.objects.queue("answer", "erin@northlight.test", "s", "b", at=AT)
    code, text = said("mail", "list")
    assert code == 0
    assert "Dry run" in text
    assert "Waiting: 1" in text
    assert "northlight.test" not in text
    assert said("mail", "send", "--dry-run") == (0, "1 would go out now.\n")
    assert said("mail", "send")[0] == 2
    assert said("mail", "test", "a@northlight.test")[0] == 2


@pytest.mark.django_db
def test_mail_is_sent_tested_and_told(settings: LazySettings) -> None:
    for name in ("erin", "never"):
        Message.objects.queue("answer", f"{name}@northlight.test", "s", "b", at=AT)
    with opened() as (office, port):
        settings.MAIL = Way(Server("127.0.0.1", port, "none"), "change@northlight.test")
        assert said("mail", "test", "ada@northlight.test") == (0, f"127.0.0.1:{port}: 250 2.0.0 Taken over\n")
        assert said("mail", "test", "never@northlight.test")[0] == 2
        assert said("mail", "send") == (1, "1 sent, 0 to be tried again, 1 refused, 0 given up, 0 uncertain.\n")
    assert office.count() == {"ada@northlight.test": 1, "erin@northlight.test": 1}
    assert said("mail", "list")[0] == 1, "something needs somebody"


@pytest.mark.django_db
def test_after_a_restore_a_person_decides() -> None:
    row = Message.objects.queue("answer", "erin@northlight.test", "s", "b", at=AT)
    assert said("mail", "after-restore")[1].startswith("1 messages are uncertain")
    row.refresh_from_db()
    assert row.state == states.UNCERTAIN


def test_the_operator_takes_a_second_step_off(cast: Cast) -> None:
    SecondFactor.objects.create(user=cast.alice.user, secret=new_secret(), set_up_at=timezone.now())
    assert said("access", "second-step-off", "alice")[0] == 0
    assert not SecondFactor.objects.exists()
    assert said("access", "second-step-off", "nobody")[0] == 2


def test_the_operator_lets_an_administrator_in_where_only_the_organizations_sign_in_is_open(
    cast: Cast, settings: LazySettings
) -> None:
    settings.SSO = Provider("https://login.northlight.test", "id", "secret", only=True)
    code, text = said("access", "code", "grace")
    assert code == 0
    client = Client()
    client.post("/sign-in/code/", {"code": text.split()[0]})
    assert client.session["_auth_user_id"] == str(cast.grace.user.pk)
    assert "With a password" not in client.get("/account/begin/").content.decode()
    late = SignInCode.objects.get()
    assert late.until - late.made_at == timedelta(minutes=15)
