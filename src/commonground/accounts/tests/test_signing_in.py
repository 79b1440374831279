"""Signing in and out, the door that closes for a while, one's own account."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from commonground.access.actor import OPERATOR
from commonground.accounts.models import User
from commonground.journal.models import Entry, Values

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
PASSWORD = "a quiet river at night"
SIGN_IN = "/sign-in/"


@pytest.fixture
def maren(db: None) -> User:
    user: User = User.objects.invite("maren", name="Maren Lindqvist", password=PASSWORD, by=OPERATOR, at=AT)
    return user


def sign_in(client: Client, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"username": "maren", "password": password}).status_code


def test_the_right_password_opens_and_a_wrong_one_says_so_kindly(maren: User, client: Client) -> None:
    wrong = client.post(SIGN_IN, {"username": "maren", "password": "no"})
    assert "do not belong together" in wrong.content.decode()
    assert sign_in(client) == 302
    assert client.get("/account/").status_code == 200


def test_after_five_wrong_tries_the_door_is_closed_and_says_when_it_opens(maren: User, client: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        assert [sign_in(client, "wrong") for _ in range(5)] == [200] * 4 + [429]
        locked = client.post(SIGN_IN, {"username": "maren", "password": PASSWORD})
        assert locked.status_code == 429, "the right password does not open it either"
        assert "15 minutes after the last try" in locked.content.decode()
        clock.shift(timedelta(minutes=16))
        assert sign_in(client) == 302


def test_other_people_still_get_in_while_one_door_is_closed(maren: User, client: Client) -> None:
    User.objects.invite("bob", name="Bob", password=PASSWORD, by=OPERATOR, at=AT)
    for _ in range(6):
        sign_in(client, "wrong")
    assert client.post(SIGN_IN, {"username": "bob", "password": PASSWORD}).status_code == 302


def test_signing_out_takes_a_post(maren: User, client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_closed_access_ends_the_session_at_the_next_click(maren: User, client: Client) -> None:
    sign_in(client)
    maren.switch(active=False, by=OPERATOR, at=AT)
    assert client.get("/account/").status_code == 302


def test_a_password_is_changed_with_the_one_before_and_never_written_down(maren: User, client: Client) -> None:
    sign_in(client)
    elsewhere = Client()
    sign_in(elsewhere)
    url = reverse("accounts:password")
    assert "not the password you sign in with now" in client.post(url, {"now": "x", "new": "y" * 12}).content.decode()
    assert "too short" in client.post(url, {"now": PASSWORD, "new": "short"}).content.decode()
    assert client.post(url, {"now": PASSWORD, "new": "the bridge by the mill"}).status_code == 302
    assert client.get("/account/").status_code == 200, "one stays signed in here"
    assert elsewhere.get("/account/").status_code == 302, "and not elsewhere"
    assert Entry.objects.filter(verb="changed a password").count() == 1
    assert not any("mill" in json.dumps(row.data) for row in Values.objects.all())


def test_ones_name_is_ones_own(maren: User, client: Client) -> None:
    sign_in(client)
    assert client.post("/account/", {"name": "Maren L."}).status_code == 302
    maren.refresh_from_db()
    assert maren.name == "Maren L."


def test_the_demo_shows_its_sign_ins_and_one_click_is_enough(maren: User, client: Client) -> None:
    assert "Look at it as" not in client.get(SIGN_IN).content.decode()
    path = settings.DATA / "demo_signins.json"
    path.write_text(json.dumps([{"role": "Change lead", "name": "Maren", "username": "maren", "password": PASSWORD}]))
    try:
        page = client.get(SIGN_IN).content.decode()
    finally:
        path.unlink()
    assert "Look at it as" in page
    assert f'name="password" value="{PASSWORD}"' in page


def test_it_does_not_lead_away_from_here(maren: User, client: Client) -> None:
    sent = client.post(SIGN_IN + "?next=https://elsewhere.example/", {"username": "maren", "password": PASSWORD})
    assert sent.headers["Location"] == "/"
