"""Who may see what: every model is closed by default, and every address × everybody of the cast answers as `permissions.csv` says.

The table is written by hand where it matters and read by people: a change of `access/policy.py` shows in it. After a change that is
meant, `WRITE_PERMISSIONS=1 pytest tests/test_access.py` writes it anew; look at its difference before it is kept.

An answer is the status of a GET: 200 a page, 302 sent elsewhere, 404 not there for them, 405 only for POST.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonground.access import policy, roles
from commonground.access.actor import NOBODY, OPERATOR, Actor
from tests import scenery
from tests.cast import NAMES, Cast

TABLE = Path(__file__).parent / "permissions.csv"
EVERYBODY = ("anonymous", *NAMES)
SIGN_IN = "/sign-in/"
# what a technical administrator works with
OF_THE_INSTANCE = {
    "accounts.Grant",
    "accounts.Identity",
    "accounts.SecondFactor",
    "accounts.SignInCode",
    "accounts.User",
    "journal.Entry",
    "outbox.Channel",
    "outbox.Message",
}


@dataclass(frozen=True)
class Address:
    """One address of the project: its name, its view's verb (None: open to all) and whether it has a mark at all."""

    name: str
    verb: str | None
    marked: bool
    arguments: tuple[str, ...]
    of_program: bool


def addresses(
    resolver: URLResolver | None = None, namespace: str = "", above: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in (resolver or get_resolver()).url_patterns:
        arguments = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, arguments)
        elif isinstance(pattern, URLPattern):
            view: Any = pattern.callback
            own = tuple(argument for argument in arguments if argument != "program")
            mark = getattr(view, "verb", None)
            yield Address(f"{namespace}{pattern.name}", mark, hasattr(view, "verb"), own, "program" in arguments)


ALL = sorted(addresses(), key=lambda address: address.name)


def url_of(address: Address, rows: Mapping[str, Mapping[str, Any]]) -> str:
    program = {"program": "northlight"} if address.of_program else {}
    return reverse(address.name, kwargs={**program, **rows.get(address.name, {})})


def test_every_view_has_a_mark_that_the_policy_knows() -> None:
    assert [address.name for address in ALL if not address.marked] == []
    assert [address.name for address in ALL if address.verb is not None and address.verb not in policy.VERBS] == []
    names = [address.name for address in ALL]
    assert len(set(names)) == len(names), "two addresses of one name"


def test_what_is_open_without_sign_in_is_counted() -> None:
    assert [address.name for address in ALL if address.verb is None] == [
        "accounts:code",
        "accounts:second",
        "accounts:sign-in",
        "accounts:sso",
        "accounts:sso-back",
        "assessments_open:answer",
        "assessments_open:enter",
        "assessments_open:thanks",
        "first-start",
        "plan:ics",
        "start",
        "ui:theme",
        "voice_open:follow",
        "voice_open:say",
    ]


def test_every_address_with_arguments_has_a_sample(cast: Cast) -> None:
    rows = scenery.set_up(cast)
    assert scenery.unknown((address.name for address in ALL if address.arguments), rows) == [], (
        "add it to tests/scenery.py"
    )


def allowed(address: Address, actor: Actor) -> bool:
    """Whether policy lets them in at all: by the verb, and into a program only those who see content."""
    if address.verb is None:
        return True
    return actor.may(address.verb) and (actor.sees_content or not address.of_program)


def answers(cast: Cast) -> dict[str, dict[str, str]]:
    """Address → name → the status they get. Asserts on the way that the forbidden are refused, also when they POST."""
    rows = scenery.set_up(cast)
    clients = {name: cast.client_of(name) for name in EVERYBODY}
    for client in clients.values():
        client.raise_request_exception = False  # all that fails is told at once
    found: dict[str, dict[str, str]] = {}
    for address in ALL:
        if scenery.unknown([address.name] if address.arguments else [], rows):
            continue  # told by the test above
        url = url_of(address, rows)
        found[address.name] = {name: str(_get(clients[name], url)) for name in EVERYBODY}
        _refused(address, url, cast, clients, found[address.name])
    return found


def _get(client: Client, url: str) -> int:
    response = client.get(url)
    if getattr(response, "streaming", False):
        b"".join(response)
    return int(response.status_code)


def _refused(address: Address, url: str, cast: Cast, clients: Mapping[str, Client], got: Mapping[str, str]) -> None:
    if address.verb is None:
        return
    for name in EVERYBODY:
        if name == "anonymous":
            assert got[name] in {"302", "405"}, f"nobody gets {got[name]} of {address.name}"
            sent = clients[name].post(url)
            assert sent.status_code in {302, 405}, f"POST {address.name} by nobody gives {sent.status_code}"
            assert getattr(sent, "url", SIGN_IN).startswith(SIGN_IN), f"POST {address.name} by nobody"
        elif not allowed(address, cast.played[name].actor):
            assert got[name] in {"404", "405"}, f"{name} is not allowed {address.name}, but gets {got[name]}"
            assert clients[name].post(url).status_code in {404, 405}, f"POST {address.name} by {name}"


@pytest.mark.slow
@pytest.mark.usefixtures("plain_404")
def test_every_address_answers_everybody_as_the_table_says(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", "django.request")
    found = answers(cast)
    assert [f"{name} as {who}" for name, got in found.items() for who in EVERYBODY if got[who] == "500"] == []
    nobody_gets_in = [name for name, got in found.items() if set(got.values()) <= {"404"} and name != "first-start"]
    assert nobody_gets_in == [], "a sample of tests/scenery.py leads nowhere"
    verbs = {address.name: address.verb or "" for address in ALL}
    table = [["address", "verb", *EVERYBODY]]
    table += [[name, verbs[name], *(got[who] for who in EVERYBODY)] for name, got in sorted(found.items())]
    if os.environ.get("WRITE_PERMISSIONS"):
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    with TABLE.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == table


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("commonground.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_is_closed_by_default(cast: Cast, model: type[models.Model]) -> None:
    scenery.set_up(cast)
    rows = model._default_manager
    assert hasattr(rows, "visible_to"), f"{model._meta.label} has no visible_to on its default manager"
    for nobody in (NOBODY, OPERATOR):
        assert not rows.visible_to(nobody).exists(), f"{nobody.name} sees {model._meta.label}"
    if model._meta.label not in OF_THE_INSTANCE:
        admin = Actor(name="an administrator", user=cast.grace.user.pk, roles=frozenset({roles.ADMIN}))
        assert not rows.visible_to(admin).exists(), f"the technical administrator sees {model._meta.label}"


def test_a_technical_administrator_with_a_person_sees_what_an_employee_sees(cast: Cast) -> None:
    """Whoever has two roles has the rights of both, and no more."""
    both = Actor(name="both", user=1, person=1, roles=frozenset({roles.ADMIN, roles.EMPLOYEE}))
    for verb, may in policy.VERBS.items():
        assert both.may(verb) == bool(may & {roles.ADMIN, roles.EMPLOYEE})
