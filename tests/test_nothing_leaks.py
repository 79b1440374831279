"""A draft changes nothing for anybody who may not see it: every page is read before and after, and must read the same.

Before: the cast, one told row of each kind, people whom the drafts will concern. Then Alice, a change lead, drafts everything that
can be planned, and the guidelines run. The number and the time of journal entries are left out of the comparison, nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product, zip_longest
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.accounts.models import Grant, User, actor_for
from commonground.communication.writing import begin
from commonground.guidance.refresh import refresh
from commonground.intake.models import Import
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Person, Role
from commonground.plan.models import Session
from commonground.plan.trainings import propose
from commonground.realignment.fates import Way
from commonground.realignment.models import Conversation, HolderPath, ProcessFate, RoleChange, RoleFate
from commonground.workflows.models import AnswersFor, Does, Handoff, Process
from tests import scenery
from tests.cast import FIRST_DAY, MODEL_BACKEND, Cast
from tests.test_access import ALL, Address

# the change lead who holds the role and answers for the work, the holder, who is to answer for work, who reads the journal
WATCHERS = ("lars", "charlie", "dan", "frank")
TABLES = ("processes", "roles", "people", "units", "handoffs", "workflows", "stages", "paths", "role_changes")
# ids of rows that the drafts are about, and of rows that they will make
IDS, ENTRIES, PEOPLE = (1, 3, 5), (1,), (6, 9)
CSV = {
    *("workflows:list", "workflows:workflow", "workflows:processes", "realignment:balance", "realignment:changes"),
    *("realignment:paths", "realignment:talks", "realignment:solutions", "reports:ownership", "guidance:inbox"),
    "journal:list",
}
MORE = {
    "workflows:workflow": ("view=to_be",),
    "workflows:processes": ("fate=eliminate", "fate=create", "fate=move"),
    "realignment:changes": ("stage=draft", "as_of=2028-01-01"),
    "realignment:balance": ("open=4", "open=5", "as_of=2028-01-01"),
    "realignment:paths": ("fate=leaving", "stage=draft"),
    "organization:roles": ("as_of=2028-01-01",),
    "organization:person": ("as_of=2028-01-01",),
    "guidance:inbox": ("show=ended", *(f"open={finding}" for finding in range(1, 40, 4))),
    "reports:search": tuple(
        f"q={word}" for word in ("hush", "read the", "meter", "lars", "eliminate", "moves", "PROC-01")
    ),
}
LEFT_OUT = {"first-start", "accounts:sign-in", "accounts:sign-out", "start", "ui:styleguide", "ui:theme", "plan:ics"}
NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|\d+\.\d seconds|\d\d:\d\d(:\d\d\.\d+\S*)?'
    r"|\b[0-9A-Z]{4}(-[0-9A-Z]{4}){4}\b"  # a code that is drawn anew for each form
)
Read = dict[tuple[str, str], tuple[int, str]]


@dataclass
class Scene:
    """The cast with those whom the drafts will concern."""

    cast: Cast
    users: dict[str, User]
    lars: Person
    water: Process
    bare: Process
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A browser in which they are signed in: one each, since a second session would be held on them as well."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.users[name], backend=MODEL_BACKEND)
        return self.clients[name]

    def run(self) -> None:
        Version.objects.bump(TABLES)
        refresh(self.cast.program, timezone.localdate(), timezone.now())


def _user(name: str, role: str) -> User:
    user = User.objects.create(username=name, name=name.title(), password="!")
    Grant.objects.create(user=user, role=role)
    return user


@pytest.fixture
def scene(cast: Cast, unhurried: None) -> Scene:
    scenery.set_up(cast)
    Import.objects.update(at=timezone.now())  # files that lie for a week go by themselves while pages are read
    users = {name: played.user for name, played in cast.played.items()}
    users |= {"lars": _user("lars", "lead"), "mira": _user("mira", "member")}
    people = {
        name: Person.objects.create(key=f"P9{number}", name=f"{name.title()} Lund", user=users[name])
        for number, name in enumerate(("lars", "mira"))
    }
    for name, person in people.items():
        Assignment.objects.create(
            person=person,
            unit=cast.units["water"],
            role=cast.roles["meter_reader"],
            manager=people["lars"] if name == "mira" else None,
            start=FIRST_DAY,
        )
    steps = [
        Process.objects.create(
            program=cast.program,
            key=key,
            name=name,
            workflow=cast.things["workflow"],
            unit=cast.units["crews"],
            order=9,
        )
        for key, name in (("read-meter", "Read the meter"), ("bare", "Bare step"))
    ]
    AnswersFor.objects.create(process=steps[0], person=people["lars"], start=FIRST_DAY)
    Does.objects.create(process=steps[0], person=cast.charlie.person, start=FIRST_DAY)
    scene = Scene(cast, users, people["lars"], *steps)
    scene.run()
    return scene


def draft_everything(scene: Scene, by: Actor) -> list[Any]:
    """One draft of each kind, with everything that hangs on them. Answers the plans."""
    cast, at, today = scene.cast, timezone.now(), timezone.localdate()
    keep: dict[str, Any] = {"by": by, "at": at}
    later, program, take = today + timedelta(days=40), cast.program, cast.things["process"]
    hush = Process.objects.create(
        program=program, key="hush", name="Hush step", workflow=cast.things["workflow"], planned_only=True
    )
    processes = [
        ProcessFate.objects.draft(scene.water, fate="eliminate", words="hushed words", effective=later, **keep),
        ProcessFate.objects.draft(
            take, fate="move", to_unit=cast.units["billing"], to_owners=[cast.dan.person], **keep
        ),
        ProcessFate.objects.draft(scene.bare, fate="automate", **keep),
        ProcessFate.objects.draft(hush, fate="create", **keep),
    ]
    reader = cast.roles["meter_reader"]
    role = RoleFate.objects.draft(
        reader, program=program, fate="end", definition_after="hushed", effective=later, **keep
    )
    loss = RoleChange.objects.add(role, kind="people", size=-3, words="hushed loss", **keep)
    loss.offer(words="hushed offer", on=today, **keep)
    Conversation.objects.offer(role, on=today, offered_by=cast.bob.person, **keep)
    paths = [
        HolderPath.objects.draft(person, role=reader, program=program, way=way, **keep)
        for person, way in (
            (cast.charlie.person, Way("leaving", effective=later)),
            (scene.lars, Way("new_role", to_role=cast.roles["billing_clerk"], to_manager=cast.dan.person)),
        )
    ]
    draw_handoffs(cast, hush, keep)
    hushed = propose(program, reader, name="Hushed training", **keep)
    session = program.add(Session(key="hushed", module=hushed, on=today, place="Hush hall"), **keep)
    session.book([cast.charlie.person, scene.lars], **keep)
    hush.name_answerer(cast.dan.person, start=today, **keep)
    hush_message(cast, reader, keep)
    return [*processes, role, *paths]


def hush_message(cast: Cast, role: Role, keep: dict[str, Any]) -> None:
    """A message about the work of a role whose change is not told yet, with its words."""
    values = {"title": "Hushed message", "audience": {"role": role.key}, "about_my_work": True, "channels": ["talk"]}
    row = begin(cast.program, {**values, "start": timezone.localdate()}, **keep)
    row.say("English", "Hushed", "Hushed words of the line", **keep)


def draw_handoffs(cast: Cast, hush: Process, keep: dict[str, Any]) -> None:
    """One to be that is changed, one that is removed again."""
    ends = {"workflow": cast.things["workflow"], "from_process": cast.things["process"], "when": "to_be"}
    kept = cast.program.add(Handoff(**ends, to_process=cast.things["billing_process"], carries="hushed"), **keep)
    kept.change({"carries": "hushed note"}, **keep)
    cast.program.add(Handoff(**ends, to_process=hush), **keep).remove(**keep)


def urls() -> Iterator[tuple[Address, str]]:
    """Every address that is read, with small ids, those that the drafts will have among them."""
    pools: dict[str, Any] = {"pk": IDS, "person": PEOPLE, "kind": ("process", "role", "path"), "how": ("answers-for",)}
    pools |= {"session": (1,), "code": ("OWN-01",), "table": ("roles",), "ending": ("csv",), "entry": ENTRIES}
    pools |= {"answer": ("yes",), "state": ("done",), "system": ("CRM",), "rule": ("intake.sheets",)}
    pools |= {"sheet": ("communication_plan", "training_plan", "raid", "roadmap", "kpi", "raci")}
    pools |= {
        "step": ("answer", "give", "withdraw"),
        "key": ("readiness",),
        "side": ("program", "group"),
        "what": ("keep-back",),
        "wish": ("fix",),
        "channel": ("fax",),
        "token": ("none",),
        "number": (1, 2),
        "part": (0,),
        "verb": ("end",),
        "technique": ("sunset",),
    }
    for address in ALL:
        if address.name in LEFT_OUT or not address.of_program:
            continue
        for values in product(*(pools[name] for name in address.arguments)):
            given = dict(zip(address.arguments, values, strict=True))
            yield address, reverse(address.name, kwargs={"program": "northlight", **given})


def read(scene: Scene, name: str) -> Read:
    """What somebody can read: address → status and text. Forms are opened by the change lead alone, who has the most of them."""
    client, found = scene.client(name), Read()
    user = scene.users[name]
    person = getattr(user, "person", None)
    actor = actor_for(user, person=person.pk if person else None)
    closed = set[str]()

    def get(url: str) -> int:
        response = client.get(url)
        binary = response.get("Content-Type", "").endswith(("sheet", "pdf"))
        text = b"".join(response) if response.streaming else response.content
        said = NOISE.sub("", text.decode()) if response.status_code == 200 and not binary else ""
        found[name, url] = (int(response.status_code), said)
        return int(response.status_code)

    for address, url in urls():
        verb = address.verb or ""
        if not actor.may(verb) or address.name in closed or (name != "lars" and not verb.endswith(".view")):
            continue
        status = get(url)
        if status == 405:  # only for POST, which tests/test_access.py asks
            closed.add(address.name)
        elif status == 200:
            for more in (*MORE.get(address.name, ()), *(["format=csv"] if address.name in CSV else [])):
                get(f"{url}?{more}")
    return found


def first(was: tuple[int, str], now: tuple[int, str]) -> str:
    """The first line in which two answers differ; empty where they are the same."""
    if was == now:
        return ""
    lines = zip_longest(was[1].splitlines(), now[1].splitlines())
    return next((f"{one!r:.300} → {two!r:.300}" for one, two in lines if one != two), f"{was[0]} → {now[0]}")


@pytest.mark.usefixtures("plain_404")
def test_a_draft_changes_nothing_for_who_may_not_see_it(scene: Scene) -> None:
    before = {key: was for name in WATCHERS for key, was in read(scene, name).items()}
    draft_everything(scene, scene.cast.alice.actor)
    scene.run()
    after = {key: now for name in WATCHERS for key, now in read(scene, name).items()}
    told = {f"{name} at {url}": first(was, after[name, url]) for (name, url), was in before.items()}
    assert {where: words for where, words in told.items() if words} == {}
    assert len(before) > 400, "too few pages were read"


def test_it_would_show(scene: Scene) -> None:
    """The drafter’s own pages do change, so that the comparison is one that can fail."""
    pages = ("realignment/", "realignment/paths/", "workflows/processes/", "findings/")
    client = scene.client("alice")
    before = {page: NOISE.sub("", client.get(f"/northlight/{page}").content.decode()) for page in pages}
    draft_everything(scene, scene.cast.alice.actor)
    scene.run()
    for page in pages:
        assert NOISE.sub("", client.get(f"/northlight/{page}").content.decode()) != before[page], page
