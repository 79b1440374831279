"""Who named whom can be read by nobody else, anywhere: what can be read is the same whoever named whom.

A round is played twice, up to the champions' asking, and differs in nothing but in who named whom: as many took part, everybody is named
as often. Every address, every CSV and export, the database but for the sealed rows, the journal and the mail are read in both: while it is
open, when it is closed and champions are proposed, and after the choice. All must be the same. What a copy of the database and a backup
hold is looked at in `test_named_and_backed_up.py`.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from commonground.access.actor import Actor
from commonground.accounts.models import actor_for
from commonground.analysis.tables import TABLES
from commonground.coalition import choosing, naming
from commonground.coalition.closing_nominations import close
from commonground.coalition.models import Ballot, Nomination, Selection
from commonground.coalition.tasks import choose_task
from commonground.coalition.tests.named import NORA, OLAV, PIA, TOVE, TURI, Scene, opened, ties_of
from commonground.intake.exporting import facts_for
from commonground.intake.writing import cells_of, headers_of, write_csv
from commonground.organization.models import Person
from tests import scenery
from tests.cast import AT, Cast
from tests.test_access import ALL, Address
from tests.test_nothing_leaks import LEFT_OUT, NOISE

READERS = ("alice", "bob", "carol", "dan", "erin", "frank", "grace", "heidi", "ivan")
# who between them may open everything
FAR = ("alice", "dan", "frank", "erin")
NEAR = ("coalition:", "reports:", "journal:", "guidance:inbox", "intake:bring-network", "disclosure:", "outbox:")
# what chance writes, and the rows that hold the namings themselves
CHANCE = {
    "axes.accesslog": ("session_hash",),
    "guidance.check": ("seconds",),  # how long this machine took
    "journal.values": ("salt",),
    "journal.entry": ("digest", "previous", "hash"),
    "journal.head": ("hash",),
    "coalition.candidate": ("id",),
    "coalition.ballot": ("id", "who", "sealed"),
}
SKIPPED = {"sessions.session", "django_tasks_database.dbtaskresult"}
Read = dict[str, str]


def other_ties(people: Mapping[str, Person]) -> dict[str, list[str]]:
    """As many namings of everybody, by others: each crew member names whom the next but one of the same unit named; and Tove names Turi."""
    crew = [name for name in people if name.startswith("Crew")][:34]
    ties = ties_of(people)
    turned = {crew[(place + 2) % len(crew)]: ties[name] for place, name in enumerate(crew) if name in ties}
    return {**turned, TOVE: [TURI]}


@pytest.fixture
def still(settings: Settings, tmp_path: Path, unhurried: None) -> Iterator[None]:
    settings.DATA = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


def name_all(scene: Scene, ties: Mapping[str, list[str]]) -> None:
    scene.ties = ties
    for name, colleagues in sorted(ties.items()):
        for colleague in colleagues:
            naming.name(scene.row, scene.people[name].pk, scene.people[colleague].pk, timezone.localdate())


def arguments(scene: Scene, rows: Mapping[str, Mapping[str, Any]], address: Address) -> list[Mapping[str, Any]]:
    """The arguments by which an address is read: those of the scenery, and those of this round and its choices."""
    found = [rows.get(address.name, {})]
    if address.name.startswith("coalition:") and "pk" in address.arguments:
        found.append({**found[0], "pk": scene.row.pk})
        found += [
            {**found[0], "pk": pk} for pk in Selection.objects.filter(nomination=scene.row).values_list("pk", flat=True)
        ]
    return found


def read_all(scene: Scene, rows: Mapping[str, Mapping[str, Any]], *, near: bool) -> Read:
    """Every address as those of FAR, and as every role those of the coalition and of what tells of everything; Nora was named.

    near: the latter alone. Answers reader and address → status and text.
    """
    cast, found = scene.cast, Read()
    clients = {name: cast.client_of(name) for name in READERS} | {NORA: scene.client(NORA)}
    actors: dict[str, Actor] = {name: cast.played[name].actor for name in READERS}
    nora = scene.people[NORA]
    assert nora.user is not None
    actors[NORA] = actor_for(nora.user, person=nora.pk)
    for address in ALL:
        near_one = address.name.startswith(NEAR)
        if address.name in LEFT_OUT or not address.of_program or (near and not near_one):
            continue
        if address.arguments and address.name not in rows:
            continue  # told by tests/test_access.py
        for given in arguments(scene, rows, address):
            url = reverse(address.name, kwargs={"program": "northlight", **given})
            for name, actor in actors.items():
                if address.verb and actor.may(address.verb) and actor.sees_content and (near_one or name in FAR):
                    text = found[f"{name} at {url}"] = _text(clients[name], url)
                    if "format=csv" in text:
                        found[f"{name} at {url}?format=csv"] = _text(clients[name], f"{url}?format=csv")
    return found


def _text(client: Client, url: str) -> str:
    response = client.get(url)
    text = b"".join(response) if response.streaming else response.content
    plain = "" if response.get("Content-Type", "").endswith(("sheet", "zip", "pdf")) else NOISE.sub("", text.decode())
    return f"{response.status_code} {plain}"


def dump(scene: Scene) -> Read:
    """Every row of every table as somebody reads it who has the database, but for what chance wrote; and every table as it is exported."""
    found = Read()
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in SKIPPED:
            continue
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in CHANCE.get(label, ())]
        rows = list(model._default_manager.values_list(*names)) if names else []
        told = sorted(rows, key=repr) if "id" in CHANCE.get(label, ()) else rows
        found[f"table {label}"] = json.dumps(told, default=str)
    found["namings"] = str(sorted(len(bytes(sealed)) for sealed in Ballot.objects.values_list("sealed", flat=True)))
    facts = facts_for(scene.cast.program, scene.cast.alice.actor, timezone.localdate())
    for table in facts:
        found[f"export {table}"] = write_csv(headers_of(TABLES[table]), map(cells_of, facts.rows(table))).decode()
    return found


def play(cast: Cast, rows: Mapping[str, Mapping[str, Any]], *, other: bool) -> tuple[Read, str]:
    """A round up to the asking of champions. Answers what can be read of it, and what one who named reads on their own page."""
    cache.clear()
    found = Read()
    scene = opened(cast)
    name_all(scene, other_ties(scene.people) if other else ties_of(scene.people))
    own = _text(scene.client("Crew Member00"), "/northlight/champions/name/")
    _keep(found, "open", {**read_all(scene, rows, near=True), **dump(scene)})
    close(scene.row, by=cast.alice.actor, at=timezone.now())
    options = {"count": 2, "steps": 1, "cover": ["unit"], "spread": True}
    row = Selection.objects.ask(cast.program, scene.row, options, by=cast.alice.actor, at=timezone.now())
    choose_task.func(row.pk)
    row.refresh_from_db()
    assert row.state == "done", row.result
    _keep(found, "proposed", {**read_all(scene, rows, near=False), **dump(scene)})
    row.accept([scene.people[NORA]], by=cast.alice.actor, at=timezone.now())
    _keep(found, "asked", {**read_all(scene, rows, near=True), **dump(scene)})
    return found, own


def _keep(found: Read, phase: str, read: Read) -> None:
    found |= {f"{phase}: {where}": text for where, text in read.items()}


def first(one: str, two: str) -> str:
    at = next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"…{one[max(0, at - 80) : at + 120]!r} → {two[max(0, at - 80) : at + 120]!r}"


@pytest.mark.slow
@pytest.mark.usefixtures("still")
def test_what_can_be_read_is_the_same_whoever_named_whom(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL", "django.request")
    rows = scenery.set_up(cast)
    plays = []
    for other in (False, True):
        before = transaction.savepoint()
        plays.append(play(cast, rows, other=other))
        transaction.savepoint_rollback(before)
    (one, mine), (two, mine_otherwise) = plays
    assert {where: first(text, two.get(where, "")) for where, text in one.items() if text != two.get(where)} == {}
    assert one.keys() == two.keys()
    assert sum(text.startswith("200") for text in one.values()) > 800, "too few pages were read"
    assert mine != mine_otherwise, "who named reads their own naming, so that the comparison is one that can fail"
    assert NORA in mine


@pytest.mark.usefixtures("still")
def test_nothing_is_told_of_a_team_of_two_in_which_one_names_the_other(cast: Cast) -> None:
    scene = opened(cast)
    name_all(scene, ties_of(scene.people))
    close(scene.row, by=cast.alice.actor, at=timezone.now())
    page = cast.alice.client().get(f"/northlight/champions/nominations/{scene.row.pk}/").content.decode()
    assert NORA in page
    assert TOVE not in page
    assert TURI not in page


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_no_choice_tells_whom_somebody_named_who_can_be_chosen(cast: Cast, count: int, steps: int) -> None:
    """Of two choices that differ by one person the difference is whom this person reaches and is reached by: it must not be counted."""
    results = []
    for pair in (((NORA, OLAV), (OLAV, NORA), (PIA, TOVE)), ((NORA, PIA), (PIA, NORA), (OLAV, TOVE))):
        before = transaction.savepoint()
        scene = opened(cast)
        name_all(scene, ties_of(scene.people))
        for namer, colleague in pair:
            naming.name(scene.row, scene.people[namer].pk, scene.people[colleague].pk, timezone.localdate())
        close(scene.row, by=cast.alice.actor, at=timezone.now())
        row = Selection(program=cast.program, nomination=scene.row, options={"count": count, "steps": steps})
        results.append(choosing.reckon(row, timezone.localdate(), lambda _: None))
        transaction.savepoint_rollback(before)
    assert results[0] == results[1]


@pytest.mark.usefixtures("still")
def test_no_log_says_who_was_looked_for_or_named(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    scene, page = opened(cast), "/northlight/champions/name/"
    client = scene.client(TURI)
    client.raise_request_exception = False
    tove = scene.people[TOVE].pk
    for sent in ({"find": "tveit"}, {"add": tove}, {"add": 999_999}, {"off": tove}, {"out": "yes"}, {"out": "no"}):
        assert client.post(page, sent).status_code < 500
    assert "tveit" not in client.get(page).wsgi_request.get_full_path()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(naming, "found", broken)
    monkeypatch.setattr(naming, "name", broken)
    for sent in ({"find": "tveit"}, {"add": tove}):
        assert client.post(page, sent).status_code == 500
    assert "Its address is left out" in caplog.text
    said = caplog.text.casefold()
    assert not any(word in said for word in ("tveit", "tove", "turi", "champions/name"))


@pytest.mark.usefixtures("still")
def test_a_message_after_naming_names_nobody(cast: Cast) -> None:
    """A message lies in a cookie or a session until it is shown."""
    scene, page = opened(cast), "/northlight/champions/name/"
    client = scene.client(TURI)
    sent = client.post(page, {"add": scene.people[TOVE].pk})
    kept = str(sent.cookies) + json.dumps(dict(client.session.items()))
    assert sent.status_code == 302
    assert "Tove" not in kept
    assert TOVE in client.get(page).content.decode()


@pytest.mark.usefixtures("still")
def test_nobody_can_count_by_coming_back(cast: Cast) -> None:
    """Counts come once, after closing: a lead who names, looks, takes it off and looks again learns nothing, and a round is closed once."""
    scene = opened(cast)
    name_all(scene, ties_of(scene.people))
    lead, url = cast.alice.client(), f"/northlight/champions/nominations/{scene.row.pk}/"
    before = NOISE.sub("", lead.get(url).content.decode())
    alice, pia = cast.alice.actor.person, scene.people[PIA].pk
    assert alice is not None
    naming.name(scene.row, alice, pia, timezone.localdate())
    assert NOISE.sub("", lead.get(url).content.decode()) == before
    close(scene.row, by=cast.alice.actor, at=timezone.now())
    closed = NOISE.sub("", lead.get(url).content.decode())
    lead.post(f"{url}open/")
    lead.post(f"{url}close/")
    assert NOISE.sub("", lead.get(url).content.decode()).count("Pia Prestmo") == closed.count("Pia Prestmo")
    assert Nomination.objects.get(pk=scene.row.pk).state == "closed"
