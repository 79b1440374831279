"""Sign-in with the organization's identity provider: a real one on loopback, spoken to over HTTP."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from commonground.accounts.models import Grant, Identity, User
from commonground.accounts.provider import Provider
from commonground.accounts.tests.identity_provider import IdentityProvider, opened
from commonground.config.sso_settings import APPS, MIDDLEWARE
from commonground.journal.models import Entry
from commonground.organization.models import Assignment, Person
from tests.cast import FIRST_DAY, Cast

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
ROLES = {"crm-leads": "lead", "crm-audit": "auditor", "crm-admins": "admin"}


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with opened() as found:
        yield found


def provided(idp: IdentityProvider, **more: Any) -> Provider:
    return Provider(idp.url, "commonground", "a secret of the client", name="Northlight", **more)


@pytest.fixture
def idp(running: IdentityProvider, settings: LazySettings) -> IdentityProvider:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, *MIDDLEWARE]
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, *APPS]
    settings.SSO = provided(running)
    return running


def come(idp: IdentityProvider, sub: str, after: str = "", client: Client | None = None) -> tuple[Client, Any]:
    """A browser that signs in by the provider; and the last answer."""
    client = client or Client()
    sent = client.get("/sign-in/organization/", {"next": after} if after else {})
    assert sent["Location"].startswith(idp.url), sent["Location"]
    back = idp.confirm(sent["Location"], sub)
    parts = urlsplit(back)
    assert parts.path == "/sign-in/organization/back/"
    return client, client.get(f"{parts.path}?{parts.query}")


def said(client: Client) -> str:
    return client.get("/sign-in/").content.decode()


def who(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return None if pk is None else User.objects.get(pk=pk).username


def verified(name: str, **more: Any) -> Mapping[str, Any]:
    return {"email": f"{name}@example.org", "email_verified": True, "name": name.title(), **more}


def test_somebody_with_access_is_known_by_verified_email_and_then_by_subject(idp: IdentityProvider, cast: Cast) -> None:
    idp.knows("s-erin", **verified("erin"))
    client, answer = come(idp, "s-erin", "/northlight/for-me/")
    assert answer["Location"] == "/northlight/for-me/"
    assert who(client) == "erin"
    idp.knows("s-erin", email="married@example.org", email_verified=True)
    assert who(come(idp, "s-erin")[0]) == "erin", "by the subject, whatever the e-mail is now"
    row = Identity.objects.get()
    assert (row.issuer, row.subject) == (idp.url, "s-erin")
    assert Entry.objects.filter(verb="tied a sign-in of the organization to access", thing=cast.erin.user.pk).exists()


def test_the_address_asks_with_pkce_state_and_nonce(idp: IdentityProvider, db: None) -> None:
    asked = parse_qs(urlsplit(Client().get("/sign-in/organization/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_an_email_that_is_not_verified_opens_nothing(idp: IdentityProvider, cast: Cast, settings: LazySettings) -> None:
    idp.knows("s-fake", email="alice@example.org", name="Alice")
    client, answer = come(idp, "s-fake")
    assert answer["Location"] == "/sign-in/"
    assert "does not say that the e-mail alice@example.org is yours" in said(client)
    assert who(client) is None
    settings.SSO = provided(idp, trust_email=True)
    assert who(come(idp, "s-fake")[0]) == "alice", "on request, for providers that never say so"


def test_nobody_of_the_roster_gets_no_access(idp: IdentityProvider, cast: Cast) -> None:
    idp.knows("s-out", **verified("stranger"))
    client, _ = come(idp, "s-out")
    assert "Nobody here is known as stranger@example.org" in said(client)
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_somebody_of_the_roster_gets_access_as_an_employee(idp: IdentityProvider, cast: Cast) -> None:
    person = Person.objects.create(key="P77", name="Nora Nilsen", email="nora@example.org")
    idp.knows("s-nora", **verified("nora"))
    assert who(come(idp, "s-nora")[0]) is None, "not before she works here"
    Assignment.objects.create(
        person=person,
        unit=cast.units["billing"],
        role=cast.roles["billing_clerk"],
        level=cast.levels["staff"],
        start=FIRST_DAY,
    )
    client, _ = come(idp, "s-nora")
    user = User.objects.get(person=person)
    assert who(client) == user.username == "nora"
    assert not user.has_usable_password()
    assert not user.grants.exists()
    assert client.get("/northlight/for-me/").status_code == 200


def test_known_by_the_stated_claim_instead(idp: IdentityProvider, cast: Cast, settings: LazySettings) -> None:
    settings.SSO = provided(idp, name_claim="preferred_username")
    idp.knows("s-dan", preferred_username="dan", email="other@example.org")
    assert who(come(idp, "s-dan")[0]) == "dan"
    idp.knows("s-alice", preferred_username="nobody", **verified("alice"))
    assert who(come(idp, "s-alice")[0]) is None, "the e-mail does not count then"


def test_an_access_is_not_taken_over_by_a_second_subject_with_its_email(idp: IdentityProvider, cast: Cast) -> None:
    idp.knows("s-first", **verified("erin"))
    idp.knows("s-second", **verified("erin"))
    come(idp, "s-first")
    client, _ = come(idp, "s-second")
    assert "belongs to another sign-in" in said(client)
    cast.grace.client().post(f"/people-with-access/{cast.erin.user.pk}/untie/")
    assert who(come(idp, "s-second")[0]) == "erin"


def test_a_closed_access_stays_closed(idp: IdentityProvider, cast: Cast) -> None:
    cast.erin.user.switch(active=False, by=cast.grace.actor, at=AT)
    idp.knows("s-erin", **verified("erin"))
    client, _ = come(idp, "s-erin")
    assert "Your access was closed" in said(client)
    assert who(client) is None


def held(user: User) -> set[tuple[str, bool]]:
    return set(Grant.objects.filter(user=user).values_list("role", "from_groups"))


def test_groups_give_and_take_back_only_what_they_gave(
    idp: IdentityProvider, cast: Cast, settings: LazySettings
) -> None:
    settings.SSO = provided(idp, roles=ROLES)
    erin = cast.erin.user
    erin.grant("champion", by=cast.alice.actor, at=AT)
    idp.knows("s-erin", **verified("erin"), groups=["crm-audit", "crm-leads", "else"])
    come(idp, "s-erin")
    assert held(erin) == {("champion", False), ("auditor", True), ("lead", True)}
    erin.grant("lead", by=cast.alice.actor, at=AT)  # a person says so too
    idp.knows("s-erin", **verified("erin"), groups="crm-admins")
    come(idp, "s-erin")
    assert held(erin) == {("champion", False), ("lead", False), ("admin", True)}
    idp.knows("s-erin", **verified("erin"))
    come(idp, "s-erin")
    assert held(erin) == {("champion", False), ("lead", False)}
    by = set(Entry.objects.filter(verb="took a role back").values_list("values__data__by", flat=True))
    assert by == {"the groups of the identity provider"}


def test_groups_do_not_take_the_last_administrator_away(
    idp: IdentityProvider, cast: Cast, settings: LazySettings
) -> None:
    settings.SSO = provided(idp, roles=ROLES)
    idp.knows("s-erin", **verified("erin"), groups=["crm-admins"])
    come(idp, "s-erin")
    cast.grace.user.grants.all().delete()
    idp.knows("s-erin", **verified("erin"), groups=[])
    come(idp, "s-erin")
    assert held(cast.erin.user) == {("admin", True)}


def test_a_sign_in_begun_elsewhere_is_not_taken(idp: IdentityProvider, cast: Cast) -> None:
    idp.knows("s-erin", **verified("erin"))
    back = idp.confirm(Client().get("/sign-in/organization/")["Location"], "s-erin")
    other = Client()
    answer = other.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert answer["Location"] == "/sign-in/"
    assert "begun in another browser" in said(other)
    assert who(other) is None


def test_coming_back_twice_signs_in_once(idp: IdentityProvider, cast: Cast) -> None:
    idp.knows("s-erin", **verified("erin"))
    client = Client()
    back = urlsplit(idp.confirm(client.get("/sign-in/organization/")["Location"], "s-erin"))
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/"
    client.post("/sign-out/")
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/sign-in/"
    assert who(client) is None


def test_a_token_of_another_sign_in_is_refused(
    idp: IdentityProvider, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    idp.knows("s-erin", **verified("erin"))
    client = Client()
    address = client.get("/sign-in/organization/")["Location"]
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    back = urlsplit(idp.confirm(address.replace(nonce, "another-nonce"), "s-erin"))
    client.get(f"{back.path}?{back.query}")
    assert who(client) is None
    assert "made for another sign-in" in caplog.text


def test_who_declines_or_finds_the_provider_away_reads_a_sentence(
    idp: IdentityProvider, cast: Cast, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    state = parse_qs(urlsplit(client.get("/sign-in/organization/")["Location"]).query)["state"][0]
    client.get("/sign-in/organization/back/", {"error": "access_denied", "state": state})
    assert "You have not signed in at your organization" in said(client)
    settings.SSO = Provider("http://localhost:1", "id", "secret")
    away = Client()
    away.get("/sign-in/organization/")
    assert "does not answer as it should" in said(away)


def test_a_provider_that_calls_itself_otherwise_is_refused(
    idp: IdentityProvider, cast: Cast, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SSO = Provider(idp.url.replace("localhost", "127.0.0.1"), "id", "secret")
    idp.knows("s-erin", **verified("erin"))
    client = Client()
    address = client.get("/sign-in/organization/")["Location"]
    settings.SSO = Provider(idp.url + "/", "id", "secret")
    back = urlsplit(idp.confirm(address, "s-erin"))
    settings.SSO = Provider(idp.url.replace("localhost", "LOCALHOST"), "id", "secret")
    client.get(f"{back.path}?{back.query}")
    assert who(client) is None
    assert "calls itself" in caplog.text


def test_no_password_opens_where_only_this_sign_in_does(
    idp: IdentityProvider, cast: Cast, settings: LazySettings
) -> None:
    settings.SSO = provided(idp, only=True)
    cast.erin.user.set_password("a quiet river at night")
    cast.erin.user.save()
    client = Client()
    page = said(client)
    assert "Sign in with Northlight" in page
    assert 'name="password"' not in page
    client.post("/sign-in/", {"username": "erin", "password": "a quiet river at night"})
    assert who(client) is None
    assert cast.erin.client().get("/account/password/").status_code == 302
    idp.knows("s-erin", **verified("erin"))
    assert who(come(idp, "s-erin")[0]) == "erin"


def test_the_organizations_sign_in_answers_for_the_second_step_itself(
    idp: IdentityProvider, cast: Cast, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"lead"})
    idp.knows("s-alice", **verified("alice"))
    client, _ = come(idp, "s-alice")
    assert client.get("/northlight/journal/").status_code == 200


def test_without_a_provider_there_is_nothing_to_begin(cast: Cast) -> None:
    for address in ("/sign-in/organization/", "/sign-in/organization/back/"):
        assert Client().get(address)["Location"] == "/sign-in/"
    assert "organization/" not in said(Client())
