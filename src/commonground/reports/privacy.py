"""What is held on people and why, what was released, who may see it and how long it is kept: read from settings and tables in force.

The works council's page and the privacy pack are both made of this. Counts are of what whoever asks may see: a plan that is not told
yet changes no number here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.policy import VERBS
from commonground.access.reference import DOES
from commonground.access.retention import Keeping
from commonground.accounts.models import Grant
from commonground.assessments.models import Round
from commonground.disclosure.clearing import Retention, rules
from commonground.disclosure.kinds import KINDS, Kind
from commonground.disclosure.models import Release, Threshold
from commonground.disclosure.thresholds import threshold_of
from commonground.events.models import Delivery
from commonground.journal.models import Entry
from commonground.programs.models import Program
from commonground.reports.categories import Category, categories
from commonground.ui.words import day as day_words
from commonground.ui.words import plural

WEEK, LATELY = timedelta(days=7), timedelta(days=90)
RAISED = 5
# what is about people, in the order of who could learn most by it
WATCHED = (
    "people.view",
    "workflows.view",
    "balance.view",
    "perceptions.view",
    "pace.view",
    "ownership.view",
    "assessments.view",
    "voices.view",
    "voices.work",
    "nominations.view",
    "networks.view",
    "networks.import",
    "findings.view",
    "events.view",
    "events.import",
    "proposals.decide",
    "journal.view",
    "releases.view",
    "privacy.view",
    "thresholds.raise",
    "retention.change",
    "outbox.view",
    "accounts.manage",
)
NEVER = (
    ("A score, a rank or a label of a person", "There is no column for it, and a sheet with one is read without it."),
    (
        "A result of fewer people than its threshold",
        "Nor what would give one away by subtraction. To nobody, administrators included.",
    ),
    ("A lower threshold", "It can be raised, with a reason, and never lowered."),
    ("Moods or emotions", "None is inferred, from text neither. Mail and chats are not read."),
    (
        "Who answered what",
        "Answers of a round hold no time, no order and no name; results are a round’s published tables alone.",
    ),
    ("Who named whom", "No page shows it, to no manager."),
    (
        "One person’s work",
        "Events are counted by unit and step, under pseudonyms. No page or export counts one person’s.",
    ),
    ("A loss before the talk", "Plans are seen by those whom they concern once their line has spoken with them."),
)


@dataclass(frozen=True, slots=True)
class Released:
    """What was released of one kind. week, lately: sets of results in the last 7 and 90 days; withheld: results held back in those 90."""

    words: str
    threshold: int
    house: int
    week: int
    lately: int
    withheld: int
    left_out: int
    newest: datetime | None
    readers: Sequence[str]

    @property
    def raised(self) -> bool:
        return self.threshold > self.house


@dataclass(frozen=True, slots=True)
class Kept:
    """One rule of retention as it stands. days: None: not removed by itself."""

    rule: Keeping
    days: int | None
    state: Retention | None


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do one thing. sees: what, in words."""

    verb: str
    does: str
    roles: Sequence[str]


@dataclass(frozen=True)
class Privacy:
    """All of it, on a day."""

    program: Program
    day: date
    released: Sequence[Released]
    logs: Sequence[Delivery]
    rounds: Sequence[Round]
    kept: Sequence[Kept]
    access: Sequence[Access]
    people: Sequence[tuple[str, int]]
    held: Sequence[Category]
    raisings: Sequence[Entry]

    @property
    def fewest(self) -> int:
        """The fewest people that any result shown by this instance stands for."""
        shown = [one.threshold for one in self.released if one.newest] or [one.threshold for one in self.released]
        return min([*shown, *(row.threshold for row in self.rounds if row.state == "closed")])

    @property
    def this_week(self) -> int:
        return sum(one.week for one in self.released)

    @property
    def next_deletion(self) -> tuple[date, Kept] | None:
        """The next day on which something will be removed, and by which rule; None: nothing waits."""
        waiting = [(one.state.next_on, one) for one in self.kept if one.state is not None and one.state.next_on]
        return min(waiting, key=lambda pair: pair[0]) if waiting else None

    @property
    def ran_at(self) -> datetime | None:
        return max((one.state.ran_at for one in self.kept if one.state and one.state.ran_at), default=None)

    @property
    def ran_words(self) -> str:
        """When the rules last ran, for the note beside them."""
        ran = self.ran_at
        if ran is None:
            return "not run yet"
        here = ran.astimezone(timezone.get_current_timezone())
        return f"last run {day_words(here)}, {here:%H:%M}"

    @property
    def failed(self) -> Sequence[Kept]:
        return [one for one in self.kept if one.state is not None and one.state.failed]

    @property
    def statement(self) -> str:
        """“No result stands for fewer than 8 people; 3 releases this week; next deletion on 24 Nov 2026.”"""
        after = self.next_deletion
        rest = f"next deletion on {day_words(max(after[0], self.day))}" if after else "nothing waits to be deleted"
        return f"No result stands for fewer than {self.fewest} people; {plural(self.this_week, 'release')} this week; {rest}"


def privacy_of(program: Program, actor: Actor, day: date) -> Privacy:
    """What stands on a day, as far as whoever asks may see it. About twenty questions to the database, none for each person."""
    logs = Delivery.objects.visible_to(actor).standing().select_related("log").order_by("log__name", "at")
    kept = {row.key: row for row in Retention.objects.visible_to(actor)}
    return Privacy(
        program=program,
        day=day,
        released=_released(program, actor, day),
        logs=list(logs.defer("mapping", "options")),
        rounds=list(
            Round.objects.visible_to(actor).filter(program=program).exclude(state="draft").order_by("-opens_on")
        ),
        kept=[_kept(rule, kept.get(rule.key)) for rule in rules()],
        access=[Access(verb, DOES[verb], _labels(VERBS[verb])) for verb in WATCHED],
        people=_people(),
        held=categories(program, actor, day),
        raisings=list(
            Entry.objects.visible_to(actor)
            .filter(kind=Threshold._meta.label_lower, verb="raised a threshold")
            .select_related("values")
            .order_by("-pk")[:RAISED]
        ),
    )


def _labels(allowed: frozenset[str]) -> list[str]:
    return [label for role, label in roles.LABELS.items() if role in allowed]


def _kept(rule: Keeping, row: Retention | None) -> Kept:
    return Kept(rule, row.days if row is not None and row.changed else rule.days_default, row)


def _people() -> list[tuple[str, int]]:
    """How many users who can sign in hold each role that is given."""
    rows = Grant.objects.filter(user__is_active=True).values("role").annotate(users=Count("user", distinct=True))
    counts = {row["role"]: row["users"] for row in rows}
    return [(label, counts.get(role, 0)) for role, label in roles.LABELS.items() if role != roles.EMPLOYEE]


def _released(program: Program, actor: Actor, day: date) -> list[Released]:
    since = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    week, lately = Q(at__gte=since - WEEK), Q(at__gte=since - LATELY)
    rows = Release.objects.visible_to(actor).filter(program__in=(program.slug, "")).order_by().values("kind")
    counted = rows.annotate(
        week=Count("pk", filter=week),
        lately=Count("pk", filter=lately),
        held=Sum("withheld", filter=lately),
        out=Sum("groups_left_out", filter=lately),
        newest=Max("at"),
    )
    found: dict[str, Mapping[str, Any]] = {row["kind"]: row for row in counted}
    return [_one_kind(kind, found.get(kind.name, {})) for kind in KINDS.values()]


def _one_kind(kind: Kind, row: Mapping[str, Any]) -> Released:
    def count(name: str) -> int:
        value = row.get(name)
        return value if isinstance(value, int) else 0

    newest = row.get("newest")
    return Released(
        words=kind.words,
        threshold=threshold_of(kind.name),
        house=kind.people,
        week=count("week"),
        lately=count("lately"),
        withheld=count("held"),
        left_out=count("out"),
        newest=newest if isinstance(newest, datetime) else None,
        readers=kind.readers,
    )
