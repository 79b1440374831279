"""Ways in and mail out, on a running instance with a real identity provider and a real mail server."""

import base64
import re
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commonground.accounts import totp
from commonground.accounts.tests import identity_provider
from commonground.accounts.tests.identity_provider import IdentityProvider
from commonground.outbox.tests import mail_server
from tests.journeys.conftest import Instance, Visitor, fits, go, headed, said

PASSWORD = "a long enough phrase"


@pytest.fixture
def idp() -> Iterator[IdentityProvider]:
    with identity_provider.opened() as found:
        yield found


@pytest.fixture
def office() -> Iterator[tuple[mail_server.Office, int]]:
    with mail_server.opened() as (office, port):
        yield office, port


@pytest.fixture
def instance(
    empty_data: Path,
    tmp_path: Path,
    idp: IdentityProvider,
    office: tuple[mail_server.Office, int],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Instance]:
    words = {
        "SSO_ISSUER": idp.url,
        "SSO_CLIENT": "commonground",
        "SSO_SECRET": "a secret of the client",
        "SSO_NAME": "Northlight",
        "SSO_ROLES": "crm-leads=lead",
        "SECOND_FACTOR": "admin",
        "MAIL": f"smtp://127.0.0.1:{office[1]}?tls=none",
        "MAIL_FROM": "Northlight <change@northlight.test>",
    }
    for name, value in words.items():
        monkeypatch.setenv(f"COMMONGROUND_{name}", value)
    shutil.copytree(empty_data, tmp_path, dirs_exist_ok=True)
    running = Instance(tmp_path, ["--empty"]).start()
    yield running
    sys.stdout.write((tmp_path / "serve.log").read_text())  # shown where the journey fails
    assert running.stop() == 0


def begin(page: Page) -> str:
    """The first person; as an administrator she needs a second step at once. The secret of her app."""
    page.goto("/")
    page.get_by_label("Your name").fill("Ada Brook")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name of the program").fill("Closer to our customers")
    page.get_by_role("button", name="Begin").click()
    headed(page, "A second step at sign-in")
    secret = page.locator(".qr + p .code").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    headed(page, "The second step is set up: keep these codes")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="They are kept").click()
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    return totp.code_at(base64.b32decode(secret), totp.step_of(datetime.now(UTC)) + steps)


def give_access(page: Page) -> None:
    page.goto("/people-with-access/invite/")
    for name, words in {"name": "Nora Nilsen", "username": "nora", "email": "nora@northlight.test"}.items():
        page.locator(f"main [name={name}]").fill(words)
    page.get_by_role("main").get_by_role("button", name="Give access").click()
    headed(page, "Nora Nilsen")


def _by_the_organization(instance: Instance, visitor: Visitor, idp: IdentityProvider) -> None:
    """The organization's own sign-in, with a role by group."""
    idp.knows("s-nora", email="nora@northlight.test", email_verified=True, name="Nora", groups=["crm-leads"])
    nora = visitor.open(instance)
    nora.context.route(f"{idp.url}/**", lambda route: route.continue_())
    nora.goto("/sign-in/")
    nora.get_by_role("link", name="Sign in with Northlight").click()
    nora.locator("input[name=sub]").first.fill("s-nora")
    nora.locator("button[type=submit], input[type=submit]").first.click()
    nora.wait_for_url(f"{instance.address}/**")
    expect(nora.get_by_role("banner")).to_contain_text("Nora Nilsen")
    go(nora, "Findings")
    visitor.faults[:] = [
        fault for fault in visitor.faults if "picocss" not in fault
    ]  # the provider's page wants a style sheet


def _by_a_printed_code(ada: Page, instance: Instance, visitor: Visitor) -> None:
    """A printed code, on a phone."""
    ada.get_by_role("button", name="Print a sign-in code").click()
    code = ada.locator(".slips .large").inner_text()
    phone = visitor.open(instance, width="phone", dark=True)
    phone.goto(f"/sign-in/code/?code={code}")
    fits(phone)
    phone.get_by_role("main").get_by_role("button", name="Sign in").click()
    headed(phone, "You are signed in")
    fits(phone)
    phone.get_by_role("button", name="Stay signed in here").click()
    said(phone, "30 days")


def _by_the_second_step(instance: Instance, visitor: Visitor, secret: str) -> Page:
    again = visitor.open(instance)
    again.goto("/sign-in/")
    again.get_by_label("Sign-in name").fill("ada")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("main").get_by_role("button", name="Sign in").click()
    headed(again, "One more step")
    again.get_by_label("Code from the app").fill(code_of(secret, 1))
    again.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("banner")).to_contain_text("Ada Brook")
    return again


def _mail_leaves(again: Page, office: mail_server.Office) -> None:
    """Mail leaves by the worker."""
    go(again, "Mail")
    again.get_by_label("Send a test mail to").fill("ada@northlight.test")
    again.get_by_role("button", name="Send it").click()
    said(again, "in the queue")
    deadline = time.monotonic() + 30
    while not office.taken and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [str(mail["To"]) for mail in office.taken] == ["ada@northlight.test"]
    again.reload()
    headed(again, "All mail is sent: 1 message")
    assert re.search(r"Sent", again.get_by_role("table").first.inner_text())
    fits(again)


def test_second_step_sign_in_by_the_organization_printed_code_and_mail(
    instance: Instance, visitor: Visitor, idp: IdentityProvider, office: tuple[mail_server.Office, int]
) -> None:
    ada = visitor.open(instance)
    secret = begin(ada)
    give_access(ada)
    _by_the_organization(instance, visitor, idp)
    _by_a_printed_code(ada, instance, visitor)
    _mail_leaves(_by_the_second_step(instance, visitor, secret), office[0])
