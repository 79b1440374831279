"""The rail is the program line: the parts in working order, under the questions they answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

FIRST, CHANGES, CARRIES, WORKING, TAIL = "first", "What changes", "Who carries it", "Is it working", "tail"
MOST_KEYS = 4


@dataclass(frozen=True)
class Part:
    """One place of the product. verb: what the actor must be allowed for it to stand on the rail, empty for everyone.

    on_phone: 0 for what is not among the few keys of a phone, else its place in the choice of them: the lowest stay.
    whole: the page below whose address all of the part lies, where that is not the page that it opens with.
    """

    key: str
    label: str
    url_name: str
    group: str
    icon: str
    verb: str = ""
    on_phone: int = 0
    whole: str = ""


PARTS = (
    Part("today", "Today", "reports:today", FIRST, "", "home.view", on_phone=1),
    Part("for-me", "For me", "reports:for-me", FIRST, "", "for_me.view", on_phone=2),
    Part("my-peers", "My peers", "coalition:my-peers", FIRST, "", "my_peers.view", on_phone=4),
    Part("program", "Program", "programs:line", CHANGES, "", "program.view"),
    Part("organization", "Organization", "organization:units", CHANGES, "", "organization.view"),
    Part("workflows", "Workflows", "workflows:list", CHANGES, "", "workflows.view", on_phone=4),
    Part("solutions", "Solutions", "realignment:solutions", CHANGES, "", "solutions.view"),
    Part("balance", "Gains and losses", "realignment:balance", CHANGES, "", "balance.view"),
    Part("team", "Team", "coalition:team", CARRIES, "", "team.view"),
    Part("sponsors", "Sponsors", "coalition:sponsors", CARRIES, "", "sponsors.view"),
    Part("champions", "Champions", "coalition:champions", CARRIES, "", "champions.view"),
    Part("ownership", "Ownership", "reports:ownership", CARRIES, "", "ownership.view"),
    Part("voices", "Voices", "voice:list", CARRIES, "", "voices.view", on_phone=5),
    Part("plan", "Plan", "plan:board", CARRIES, "", "plan.view"),
    Part("training", "Training", "plan:training", CARRIES, "", "training.view"),
    Part("messages", "Messages", "communication:messages", CARRIES, "", "messages.view"),
    Part(
        "customers", "Customers", "communication:reach", CARRIES, "", "reach.view", whole="communication:collaboration"
    ),
    Part("budget", "Budget", "plan:budget", WORKING, "", "budget.view"),
    Part("assessments", "Assessments", "assessments:list", WORKING, "", "assessments.view"),
    Part("pace", "Pace", "adoption:pace", WORKING, "", "pace.view"),
    Part("benefits", "Benefits", "adoption:benefits", WORKING, "", "benefits.view"),
    Part("findings", "Findings", "guidance:inbox", TAIL, "list-checks", "findings.view", on_phone=3),
    Part("techniques", "Techniques", "guidance:library", TAIL, "book-open", "techniques.view"),
    Part("imports", "Imports", "intake:list", TAIL, "file-input", "intake.view"),
    Part("logs", "Event logs", "intake:logs", TAIL, "waypoints", "events.view"),
    Part("outbox", "Mail", "outbox:list", TAIL, "mail", "outbox.view"),
    Part("privacy", "Privacy", "reports:privacy", TAIL, "shield-check", "privacy.view"),
    Part("releases", "What was released", "disclosure:releases", TAIL, "shield", "releases.view"),
    Part("journal", "Journal", "journal:list", TAIL, "history", "journal.view"),
    Part("users", "People with access", "access:list", TAIL, "key-round", "accounts.manage"),
    Part("components", "Components", "ui:styleguide", TAIL, "layout-grid", "styleguide.view"),
)


@dataclass(frozen=True)
class Entry:
    """A part as it stands on this page: where it leads, whether one is there, and the worst that is open in it."""

    part: Part
    url: str
    current: bool


@dataclass(frozen=True)
class Group:
    """A question of the rail and its parts, never without one."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Rail:
    """What stands at the left: the thread of groups, the tail below it, and the few keys of a phone."""

    thread: tuple[Group, ...]
    tail: tuple[Entry, ...]
    keys: tuple[Entry, ...]


def url_of(url_name: str, program: str | None) -> str | None:
    """The address of a page in this program, or None while no such page exists."""
    for kwargs in ({"program": program}, {}) if program else ({},):
        try:
            return reverse(url_name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None


def rail(program: str | None, may: Callable[[str], bool], path: str) -> Rail:
    """The parts that exist and that the actor may open.

    may: whether the actor is allowed a verb, the same answer that the gate of the page gives. path: of the page shown, to mark
    where one is. A group without a part is left out.
    """
    found = [
        (part, url)
        for part in PARTS
        if (not part.verb or may(part.verb)) and (url := url_of(part.url_name, program)) is not None
    ]
    here = _here(((part.key, (part.whole and url_of(part.whole, program)) or url) for part, url in found), path)
    entries = [Entry(part, url, current=part.key == here) for part, url in found]
    labels = dict.fromkeys(part.group for part in PARTS if part.group != TAIL)
    groups = (Group("" if label == FIRST else label, _of(entries, label)) for label in labels)
    return Rail(
        thread=tuple(group for group in groups if group.entries),
        tail=_of(entries, TAIL),
        keys=_keys(entries),
    )


def _keys(entries: list[Entry]) -> tuple[Entry, ...]:
    """The few that fit on a phone, in the order of the rail."""
    first = sorted((entry for entry in entries if entry.part.on_phone), key=lambda entry: entry.part.on_phone)
    return tuple(entry for entry in entries if entry in first[:MOST_KEYS])


def _of(entries: list[Entry], group: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.part.group == group)


def _here(places: Iterable[tuple[str, str]], path: str) -> str:
    """The part whose address is the longest beginning of the path; the home page only when it is the page itself."""
    best, length = "", 0
    for key, url in places:
        fits = path == url or (key != "today" and path.startswith(url.rstrip("/") + "/"))
        if fits and len(url) > length:
            best, length = key, len(url)
    return best


def month_of(started: date | None, planned_end: date | None, on: date) -> str:
    """“month 18 of 30”: the month of the program that a day falls in, counted from 1; empty while its start is not known."""
    if started is None:
        return ""
    if on < started:
        return "not begun yet"
    month = _months(started, on) + 1
    if planned_end is None or planned_end <= started:
        return f"month {month}"
    return f"month {month} of {max(_months(started, planned_end), 1)}"


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
