"""Settings of mail and of ways in: what they mean, and what is refused by name without repeating a secret."""

import pytest

from commonground.config import environment, mail_settings, sso_settings
from commonground.config.environment import BadSettingError
from commonground.outbox.post import Server, server_of

GOOD = {
    "COMMONGROUND_MAIL": "smtp://sender:p%40ss@mail.example.org",
    "COMMONGROUND_MAIL_FROM": "Northlight <change@example.org>",
    "COMMONGROUND_SSO_ISSUER": "https://login.example.org/realms/staff/",
    "COMMONGROUND_SSO_CLIENT": "commonground",
    "COMMONGROUND_SSO_SECRET": "quiet-secret",
    "COMMONGROUND_SSO_ROLES": "crm-leads=lead, a=b=auditor",
    "COMMONGROUND_SECOND_FACTOR": "lead, admin",
}


@pytest.fixture(autouse=True)
def _good(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in GOOD.items():
        monkeypatch.setenv(name, words)


def read_all() -> None:
    mail_settings.mail_way()
    sso_settings.single_sign_on()
    sso_settings.roles_with_second_factor()
    environment.address(https=True, hosts=["people.example.org"])


def test_what_is_set_is_what_is_meant() -> None:
    way, provider = mail_settings.mail_way(), sso_settings.single_sign_on()
    assert way is not None
    assert provider is not None
    assert way.server == Server("mail.example.org", 587, "starttls", "sender", "p@ss")
    assert (provider.issuer, provider.only) == ("https://login.example.org/realms/staff", False)
    assert provider.roles == {"crm-leads": "lead", "a=b": "auditor"}
    assert sso_settings.roles_with_second_factor() == {"lead", "admin"}
    assert "p@ss" not in repr(way)
    assert "quiet-secret" not in repr(provider)


def test_without_them_mail_waits_and_passwords_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in GOOD:
        monkeypatch.delenv(name)
    assert mail_settings.mail_way() is None
    assert sso_settings.single_sign_on() is None
    assert sso_settings.roles_with_second_factor() == frozenset()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.example.org", Server("mail.example.org", 465, "tls")),
        ("smtp://127.0.0.1?tls=none", Server("127.0.0.1", 25, "none")),
        ("smtp://mail.example.org:2525?tls=tls", Server("mail.example.org", 2525, "tls")),
    ],
)
def test_addresses_of_servers(url: str, server: Server) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("COMMONGROUND_MAIL", "mail.example.org:587"),
        ("COMMONGROUND_MAIL", "smtp://sender:quiet-secret@mail.example.org:99999"),
        ("COMMONGROUND_MAIL", "smtp://sender:quiet-secret@mail.example.org?tls=none"),
        ("COMMONGROUND_MAIL", "smtp://sender:quiet-secret@mail.example.org?tsl=none"),
        ("COMMONGROUND_MAIL", "smtp://sender@mail.example.org"),
        ("COMMONGROUND_MAIL_FROM", "nobody"),
        ("COMMONGROUND_MAIL_FROM", ""),
        ("COMMONGROUND_MAIL_REPLY_TO", "nobody"),
        ("COMMONGROUND_SSO_ISSUER", "http://login.example.org"),
        ("COMMONGROUND_SSO_CLIENT", ""),
        ("COMMONGROUND_SSO_SECRET", ""),
        ("COMMONGROUND_SSO_ROLES", "crm-leads=boss"),
        ("COMMONGROUND_SSO_ROLES", "heads=manager"),
        ("COMMONGROUND_SECOND_FACTOR", "lead, boss"),
        ("COMMONGROUND_ADDRESS", "people.example.org"),
        ("COMMONGROUND_ADDRESS", "https://people.example.org/path"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, words: str) -> None:
    monkeypatch.setenv(name, words)
    with pytest.raises(BadSettingError, match=name) as told:
        read_all()
    assert "quiet-secret" not in str(told.value)


def test_only_the_organizations_sign_in_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_SSO_ONLY", "1")
    monkeypatch.delenv("COMMONGROUND_SSO_ISSUER")
    with pytest.raises(BadSettingError, match="there is no identity provider"):
        sso_settings.single_sign_on()


def test_links_in_mail_begin_with_the_host_where_nothing_else_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMONGROUND_ADDRESS", raising=False)
    assert environment.address(https=True, hosts=["people.example.org", "b"]) == "https://people.example.org"
    monkeypatch.setenv("COMMONGROUND_ADDRESS", "https://people.example.org/")
    assert environment.address(https=False, hosts=[]) == "https://people.example.org"
