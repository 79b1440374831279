"""What changes for one person: only what has been told to them or is in force, in words that need no explaining.

Everything is read through the gate of the person themselves and once more through `told()`: whoever works on the program as well sees
on this page no more than anybody else would.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from commonground.access.actor import Actor
from commonground.organization.models import Assignment, Person, UnitPeriod
from commonground.programs.models import Program
from commonground.realignment.models import (
    KIND_LABELS,
    Acknowledgement,
    Contribution,
    HolderPath,
    Perception,
    ProcessFate,
    RoleChange,
    RoleFate,
    Seat,
)
from commonground.realignment.names import RoleWords, role_words, unit_words
from commonground.realignment.talks import TalkRow, waiting_for
from commonground.ui.words import day as day_words
from commonground.ui.words import spelled
from commonground.workflows.models import AnswersFor, Does

DONE, NEXT, LATER = "done", "next", "later"
PROCESS_SAYS = {
    "reshape": "“{}” is done in another way",
    "move": "“{}” goes to {}",
    "merge": "“{}” becomes part of another process",
    "automate": "A machine takes over “{}”",
    "eliminate": "“{}” is no longer needed",
    "create": "“{}” begins",
}
ROLE_SAYS = {
    "change": "Your role, {}, changes",
    "merge": "Your role, {}, becomes part of another",
    "end": "Your role, {}, ends",
    "create": "Your role, {}, is new",
}
PATH_SAYS = {
    "same": "You stay in your role, {}",
    "open": "Where you go after {} is still open",
    "leaving": "Your place as {} ends",
}


@dataclass
class Item:
    """One change, told or in force. `told`: the day on which it came to this page. `gains` and `gives_up` are in words."""

    title: str
    on: date | None
    told: date | None
    words: str = ""
    before: str = ""
    after: str = ""
    gains: list[str] = field(default_factory=list)
    gives_up: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    in_force: bool = False
    state: str = LATER


@dataclass(frozen=True)
class RoleSteps:
    """The three steps of a told role: its words before and after, and what this person has noted."""

    fate: RoleFate
    words: RoleWords
    read: date | None = None
    manager: date | None = None
    holder: date | None = None
    seen: date | None = None

    @property
    def talked(self) -> bool:
        return self.manager is not None and self.holder is not None

    @property
    def now(self) -> str:
        """Which of the steps is next: read, talk, seen, or none."""
        if self.seen is not None:
            return ""
        return "seen" if self.talked else "talk" if self.read else "read"


@dataclass(frozen=True)
class ForMe:
    """The page of one person. `manager` is who speaks with them; `role` and `unit` are of today."""

    person: Person
    role: str
    unit: str
    manager: str
    items: Sequence[Item]
    stays: Sequence[str]
    steps: Sequence[RoleSteps]
    withdrawn: Sequence[str]
    seats: Sequence[Any]
    brought: Sequence[Any]
    talks: Sequence[TalkRow] = ()
    offered: Sequence[Perception] = ()
    said_to_me: int = 0

    @property
    def ahead(self) -> list[Item]:
        return [item for item in self.items if item.state != DONE]


def for_me(actor: Actor, program: Program, day: date) -> ForMe | None:
    """What has been told to the person who asks; None for somebody who is not in the register of people."""
    person = Person.objects.visible_to(actor).filter(pk=actor.person).first() if actor.person is not None else None
    if person is None:
        return None
    place = _place(actor, person, day)
    role = place.role_id if place else None
    words = role_words([role] if role else [], day)
    paths = list(HolderPath.objects.visible_to(actor).told().filter(program=program, person=person))
    fates = list(RoleFate.objects.visible_to(actor).told().filter(program=program, role=role)) if role else []
    processes = _process_fates(actor, program, person, day)
    units = unit_words([fate.to_unit_id for fate in processes] + [place.unit_id if place else None], day)
    named = words.get(role or 0, RoleWords("your role"))
    items = [
        *(_process_item(fate, person, units) for fate in processes if fate.fate != "keep"),
        *(_role_item(actor, fate, named, place, day) for fate in fates if fate.fate != "keep"),
        *(
            _path_item(path, named, day)
            for path in paths
            if path.fate != "same" or path.to_unit_id or path.to_manager_id
        ),
    ]
    return ForMe(
        person=person,
        role=named.name if role else "",
        unit=units.get(place.unit_id or 0, "") if place else "",
        manager=place.manager.name if place and place.manager else "",
        items=ordered(items, day),
        stays=_stays(processes, fates, paths, named),
        steps=[_steps(actor, fate, named, person) for fate in fates if fate.fate != "keep"],
        withdrawn=_withdrawn(actor, program, person, day, role),
        seats=_seats(actor, program, person, day),
        brought=_brought(actor, program, person),
        talks=waiting_for(actor, program, day),
        **_felt(actor, program),
    )


def _felt(actor: Actor, program: Program) -> dict[str, Any]:
    """The talks that are offered to the person, and how many wait for one with them."""
    rows = Perception.objects.visible_to(actor).filter(program=program, closed_on=None)
    offered = rows.mine(actor).filter(way="offered", taken_up_on=None).select_related("to")
    return {"offered": list(offered), "said_to_me": rows.to_me(actor).waiting().count()}


def _place(actor: Actor, person: Person, day: date) -> Assignment | None:
    row: Any = Assignment.objects.visible_to(actor).on(day).filter(person=person).select_related("manager").first()
    found: Assignment | None = row
    return found


def mine(person: Person, day: date) -> set[int]:
    """Processes that a person answers for or does on a day."""
    held = AnswersFor.objects.on(day).filter(person=person).values_list("process_id", flat=True)
    return {*held, *Does.objects.on(day).filter(person=person).values_list("process_id", flat=True)}


def _process_fates(actor: Actor, program: Program, person: Person, day: date) -> list[ProcessFate]:
    told = ProcessFate.objects.visible_to(actor).told().filter(program=program).select_related("process")
    told = told.prefetch_related("to_owners")
    to_me = ProcessFate.to_owners.through._default_manager.filter(person_id=person.pk).values("processfate_id")
    return list(told.filter(Q(process__in=mine(person, day)) | Q(pk__in=to_me)))


def _process_item(fate: ProcessFate, person: Person, units: Mapping[int, str]) -> Item:
    to_unit = units.get(fate.to_unit_id or 0, "another unit")
    owners = sorted(fate.to_owners.all(), key=lambda one: one.name)
    said = []
    if person in owners:
        said.append("You will answer for it.")
    elif owners:
        said.append(f"{' and '.join(one.name for one in owners)} will answer for it.")
    title = PROCESS_SAYS[fate.fate].format(fate.process.name, to_unit)
    return _item(fate, title, " ".join([fate.words, *said]).strip())


def _item(row: Any, title: str, words: str = "") -> Item:
    in_force = row.stage == "in_force"
    on = row.effective or (row.in_force_on if in_force else None)
    return Item(title, on, row.told_on or row.shown_on, words, in_force=in_force)


def _role_item(actor: Actor, fate: RoleFate, words: RoleWords, place: Assignment | None, day: date) -> Item:
    item = _item(fate, ROLE_SAYS[fate.fate].format(words.name))
    item.before, item.after = words.definition, fate.definition_after
    around = _units_around(place, day)
    for change in RoleChange.objects.visible_to(actor).filter(role_fate=fate).order_by("pk"):
        if change.unit_id is not None and change.unit_id not in around:
            continue
        said = change.words or KIND_LABELS[change.kind].lower()
        (item.gives_up if change.loses else item.gains).append(said)
        if change.loses and change.offered and change.accepted is not False:
            item.offers.append(change.offered)
    return item


def _units_around(place: Assignment | None, day: date) -> set[int]:
    """The unit of a person and all above it."""
    if place is None or place.unit_id is None:
        return set()
    row = UnitPeriod.objects.on(day).filter(unit=place.unit_id).first()
    return {int(part) for part in row.path.split("/") if part} if row else {place.unit_id}


def _path_item(path: HolderPath, words: RoleWords, day: date) -> Item:
    to = role_words([path.to_role_id], day).get(path.to_role_id or 0) if path.to_role_id else None
    if path.fate == "new_role":
        title = f"You go to a new role: {to.name if to else 'its name follows'}"
    else:
        title = PATH_SAYS[path.fate].format(words.name)
    said = []
    if path.to_unit_id:
        said.append(f"You will work in {unit_words([path.to_unit_id], day).get(path.to_unit_id, 'another unit')}.")
    if path.to_manager_id:
        said.append(f"{path.to_manager} will be your manager.")
    return _item(path, title, " ".join(said))


def ordered(items: Iterable[Item], day: date) -> list[Item]:
    """In the order in which they come, with what is in place first; the first ahead is next. What has no day stands last."""
    found = sorted(items, key=lambda item: (item.on or date.max, item.title))
    for item in found:
        item.state = DONE if item.in_force or (item.on is not None and item.on <= day) else LATER
    found.sort(key=lambda item: item.state != DONE)
    first = next((item for item in found if item.state == LATER), None)
    for item in found:
        if first is not None and item.state == LATER and item.on == first.on:
            item.state = NEXT
    return found


def _stays(
    processes: Sequence[ProcessFate], fates: Sequence[RoleFate], paths: Sequence[HolderPath], words: RoleWords
) -> list[str]:
    """Only what has been decided and told to stay: silence about the rest is no promise."""
    found = [f"“{fate.process.name}”" for fate in processes if fate.fate == "keep"]
    if any(fate.fate == "keep" for fate in fates):
        found.append(f"your role, {words.name}")
    elif any(path.fate == "same" for path in paths):
        found.append(f"your place as {words.name}")
    if paths and all(path.fate == "same" for path in paths):
        found += [] if any(path.to_unit_id for path in paths) else ["your unit"]
        found += [] if any(path.to_manager_id for path in paths) else ["your manager"]
    return found


def _steps(actor: Actor, fate: RoleFate, words: RoleWords, person: Person) -> RoleSteps:
    row: Any = Acknowledgement.objects.visible_to(actor).filter(role_fate=fate, person=person).first()
    if row is None:
        return RoleSteps(fate, words)
    return RoleSteps(fate, words, row.read, row.discussed_manager, row.discussed_holder, row.acknowledged)


def _withdrawn(actor: Actor, program: Program, person: Person, day: date, role: int | None) -> list[str]:
    """What this person was told and is planned no longer: they hear that as well."""

    def gone(model: Any) -> Any:
        return model.everything.withdrawn().visible_to(actor).told().filter(program=program)

    found = [f"“{fate.process.name}”" for fate in gone(ProcessFate).filter(process__in=mine(person, day))]
    if role and gone(RoleFate).filter(role=role).exists():
        found.append("the plan for your role")
    if gone(HolderPath).filter(person=person).exists():
        found.append("the plan for where you go")
    return found


def _seats(actor: Actor, program: Program, person: Person, day: date) -> list[Any]:
    seats = Seat.objects.visible_to(actor).on(day).filter(person=person, solution__program=program)
    return list(seats.select_related("solution__workflow").order_by("pk"))


def _brought(actor: Actor, program: Program, person: Person) -> list[Any]:
    rows = Contribution.objects.visible_to(actor).filter(person=person, solution__program=program)
    return list(rows.select_related("solution__workflow")[:20])


def statement(page: ForMe) -> str:
    """“One thing changes for you on 9 Nov 2026.”"""
    ahead = page.ahead
    if not page.items:
        return "Nothing is planned for your work that has been decided and told."
    if not ahead:
        return "What was told to you is in place."
    count, days = len(ahead), {item.on for item in ahead}
    many = f"{spelled(count).capitalize()} {'thing changes' if count == 1 else 'things change'} for you"
    first = min((item.on for item in ahead if item.on), default=None)
    if first is None:
        return f"{many}; the day is not set yet."
    if len(days) == 1:
        return f"{many} on {day_words(first)}."
    return f"{many}, the first on {day_words(first)}."


def first_name(name: str) -> str:
    """“Erin” of “Erin Eide” and of “Eide, Erin”."""
    last, comma, rest = name.partition(",")
    words = (rest if comma else last).split()
    return words[0] if words else name
