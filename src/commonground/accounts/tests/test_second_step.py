"""The second step at sign-in: set up, asked for, used up, recovered, and needed by roles."""

import base64
import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from commonground.accounts import totp
from commonground.accounts.models import RecoveryCode, SecondFactor, User
from commonground.journal.models import Entry

PASSWORD = "a long harbour"


def code_of(secret: str, steps: int = 0) -> str:
    return totp.code_at(base64.b32decode(secret), totp.step_of(timezone.now()) + steps)


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret and the recovery codes, as they stood on the pages."""
    page = client.get("/account/second-factor/").content.decode()
    found = re.search(r'type this in: <span class="code">([A-Z2-7 ]+)<', page)
    assert found
    secret = found[1].replace(" ", "")
    answer = client.post("/account/second-factor/", {"code": code_of(secret, -1)})
    return secret, re.findall(r'<li class="code">([^<]+)<', answer.content.decode())


@pytest.fixture
def alice(cast: Cast) -> User:
    user = cast.alice.user
    user.set_password(PASSWORD)
    user.save()
    return user


def first_step(client: Client, after: str = "") -> str:
    answer = client.post("/sign-in/", {"username": "alice", "password": PASSWORD, "next": after})
    assert answer.status_code == 302
    return str(answer["Location"])


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_who_has_one_is_asked_for_it_and_led_on(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    client = Client()
    assert first_step(client, "/northlight/journal/") == "/sign-in/second-step/"
    assert not signed_in(client), "the password alone opens nothing"
    assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 422
    answer = client.post("/sign-in/second-step/", {"code": code_of(secret)})
    assert answer["Location"] == "/northlight/journal/"
    assert signed_in(client)


def test_a_code_works_once(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    code = code_of(secret)
    for expected in (302, 422):
        client = Client()
        first_step(client)
        assert client.post("/sign-in/second-step/", {"code": code}).status_code == expected


def test_recovery_codes_stand_for_the_app_once_each(cast: Cast, alice: User) -> None:
    _, codes = set_up(cast.alice.client())
    assert len(codes) == 10
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    for expected in (302, 422):
        client = Client()
        first_step(client)
        assert client.post("/sign-in/second-step/", {"code": codes[3].lower()}).status_code == expected
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_the_secret_is_not_in_the_database_as_it_is(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    assert secret not in SecondFactor.objects.get().secret
    assert secret not in str(list(Entry.objects.values_list("values__data", flat=True)))


def test_wrong_codes_close_the_door_as_wrong_passwords_do(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    client = Client()
    first_step(client)
    answers = [client.post("/sign-in/second-step/", {"code": "000000"}).status_code for _ in range(5)]
    assert answers[-1] == 429
    assert client.post("/sign-in/second-step/", {"code": code_of(secret)}).status_code == 429
    assert not signed_in(client)


def test_the_first_proof_is_forgotten_after_ten_minutes(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    client = Client()
    first_step(client)
    session = client.session
    session["half_signed_in"] = {
        **session["half_signed_in"],
        "at": (timezone.now() - timedelta(minutes=11)).timestamp(),
    }
    session.save()
    assert client.post("/sign-in/second-step/", {"code": code_of(secret)})["Location"] == "/sign-in/"


def test_a_foreign_address_is_not_led_on_to(cast: Cast, alice: User) -> None:
    secret, _ = set_up(cast.alice.client())
    client = Client()
    first_step(client, "https://elsewhere.test/")
    assert client.post("/sign-in/second-step/", {"code": code_of(secret)})["Location"] == "/"


def test_a_role_that_needs_it_opens_nothing_without(cast: Cast, alice: User, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"lead"})
    client = Client()
    first_step(client)
    assert client.get("/northlight/journal/")["Location"] == "/account/second-factor/"
    secret, _ = set_up(client)
    assert client.get("/northlight/journal/").status_code == 200
    early = cast.alice.client()  # a session from before the rule
    assert early.get("/northlight/journal/")["Location"] == "/account/second-factor/"
    early.post("/account/second-factor/take-off/")
    assert SecondFactor.objects.exists(), "not without having given it"
    early.post("/account/second-factor/", {"code": code_of(secret)})
    assert early.get("/northlight/journal/").status_code == 200
    assert cast.erin.client().get("/account/").status_code == 200, "other roles go on as before"


def test_its_owner_takes_it_off_and_makes_new_recovery_codes(cast: Cast, alice: User) -> None:
    client = cast.alice.client()
    _, codes = set_up(client)
    client.post("/account/second-factor/recovery-codes/")
    assert RecoveryCode.objects.count() == 10
    row = SecondFactor.objects.get()
    assert not row.passes(codes[0], at=timezone.now())
    client.post("/account/second-factor/take-off/")
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_a_session_without_it_changes_nothing_about_it(cast: Cast, alice: User) -> None:
    set_up(cast.alice.client())
    early = cast.alice.client()
    for address in ("/account/second-factor/take-off/", "/account/second-factor/recovery-codes/"):
        assert early.post(address).status_code == 404
    assert "Give a code first" in early.get("/account/second-factor/").content.decode()


def test_an_administrator_helps_and_it_is_journaled(cast: Cast, alice: User) -> None:
    set_up(cast.alice.client())
    url = f"/people-with-access/{alice.pk}/second-factor/"
    cast.alice.client().post(url)
    assert SecondFactor.objects.exists(), "nobody takes their own off this way"
    cast.grace.client().post(url)
    assert not SecondFactor.objects.exists()
    assert Entry.objects.filter(verb="took a second factor off", actor_user=cast.grace.user.pk).exists()


def test_a_changed_key_of_the_instance_leaves_the_recovery_of_the_administrator(
    cast: Cast, alice: User, settings: LazySettings
) -> None:
    secret, _ = set_up(cast.alice.client())
    settings.SECRET_KEY = "another key of the instance, long enough"
    assert not SecondFactor.objects.get().passes(code_of(secret), at=timezone.now())
