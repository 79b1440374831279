"""What the guidelines found and what became of it, how far each guideline has looked, and results that are too dear for a page."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import ForStaff, Gated, M
from commonground.accounts.models import User, actor_for
from commonground.guidance import states
from commonground.guidance.embargo import WIDE, Hidden, hidden_from
from commonground.guidance.experiments import Experiment
from commonground.guidance.merging import VIEWS
from commonground.guidance.own_techniques import OwnTechnique
from commonground.guidance.parameters import Parameter
from commonground.guidance.parts import practice_of
from commonground.guidance.states import ASSIGNED, LIVE, NotNowError
from commonground.journal.models import Version
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit, below
from commonground.programs.models import Activity, Program

__all__ = [
    "DISMISSED_FOR",
    "PLANS",
    "RESULT_VERBS",
    "SENTENCE",
    "SEVERITIES",
    "Check",
    "CheckQuerySet",
    "Cursor",
    "Experiment",
    "Finding",
    "FindingQuerySet",
    "OfFinding",
    "OwnTechnique",
    "Parameter",
    "Planned",
    "Result",
    "ResultQuerySet",
    "Turn",
]

SEVERITIES = ("error", "warn", "note")
DISMISSED_FOR = timedelta(days=30)
SENTENCE = 20  # the fewest characters of a reason that says something


class FindingQuerySet(Gated["Finding"]):
    def visible_to(self, actor: Actor, hidden: Callable[[], Hidden] | None = None) -> Self:
        """Each thing that is found once, in the deepest view that the actor may see; unit managers those of their units.

        Nobody sees a finding that can rest on a planned row which is hidden from them (docs/decisions/0002), and one about a formal step
        is for those alone who may see formal steps. hidden: what is hidden from this actor, where a page has looked that up.
        """
        if actor.user is None or not actor.is_staff:
            return self.none()
        deeper = Finding.objects.exclude(view="told").filter(program__in=Check.objects.fresh().values("program"))
        allowed = Q(view="told")
        if deeper.exists():
            theirs = deeper.exclude((hidden() if hidden else hidden_from(actor)).findings())
            same = theirs.filter(key=OuterRef("key"))
            deepest = Q(view="draft") | (Q(view="consulted") & ~Exists(same.filter(view="draft")))
            allowed = (Q(view="told") & ~Exists(same)) | (Q(pk__in=theirs.values("pk")) & deepest)
        rows = self.filter(allowed)
        if not actor.may("corrective.view"):
            rows = rows.exclude(kind="corrective_step")
        if actor.has(roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.CHAMPION, roles.CUSTOMER):
            return rows
        return rows.filter(unit__in=below(actor.units))

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def open_on(self, day: date) -> Self:
        """Those that stood on a day of the past: found by then, and not ended at its close."""
        turns = Turn.objects.filter(finding=OuterRef("pk"), on__lte=day, what__in=("found", "ended", "came_back"))
        last = turns.order_by("-on", "-pk").values("what")[:1]
        return self.filter(first_seen__lte=day).annotate(stood=Subquery(last)).exclude(stood="ended")

    def live(self) -> Self:
        """Those that ask for somebody: neither ended nor dismissed."""
        return self.filter(state__in=LIVE)

    def ranked(self) -> Self:
        """By harm, then by how many people it reaches, then by age."""
        return self.order_by("rank", "-reach", "first_seen", "pk")


class Finding(models.Model):
    """One thing that a guideline found missing, keyed by code and subject, as one view of the facts gives it.

    A finding that is the same in every view stands once, as “told”. scope: on which planned rows it can rest. thing: the id of the
    row that it is about. reach: how many people it touches, for ranking alone; never shown, since it may be few.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=260)
    view = models.CharField(max_length=10, choices=[(view, view) for view in VIEWS], default="told")
    scope = models.CharField(max_length=10, default=WIDE)
    key = models.CharField(max_length=320)
    severity = models.CharField(max_length=5, choices=[(one, one) for one in SEVERITIES])
    rank = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20)
    what = models.TextField()
    where = models.TextField(blank=True)
    why = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    do = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    thing = models.BigIntegerField(null=True, blank=True)
    reach = models.PositiveIntegerField(default=0)
    first_seen = models.DateField()
    last_seen = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=list(states.LABELS.items()), default=states.OPEN)
    dismissed_until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings")
    due = models.DateField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "code", "subject"]
        constraints = [models.UniqueConstraint(fields=["key", "view"], name="finding_once")]
        indexes = [
            models.Index(fields=["program", "state", "view", "rank", "part"], name="finding_marks"),
            models.Index(fields=["program", "code"], name="finding_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"

    @property
    def practice(self) -> str:
        return practice_of(self.code)

    @property
    def owner_name(self) -> str:
        """Who has taken it on; empty when nobody has."""
        return str(self.user or self.person or "")

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def sealed_readers(self) -> list[int] | None:
        """Who may read journal rows about it: those who may see it, while it rests on what is not told yet."""
        if self.view == "told":
            return None
        staff = User.objects.filter(grants__role__in=roles.STAFF, is_active=True).distinct()
        return [user.pk for user in staff if self._seen_by(user)]

    def _seen_by(self, user: User) -> bool:
        person = getattr(user, "person", None)
        actor = actor_for(user, person=person.pk if person is not None else None)
        return Finding.objects.filter(pk=self.pk).visible_to(actor).exists()

    def assign(self, *, to: User | Person, due: date | None = None, by: Actor, at: datetime) -> None:
        """Gives it to somebody who works on the program, or to a person of the organization.

        Raises NotNowError when it is not open, or when it rests on what the one named may not see yet.
        """
        user = to if isinstance(to, User) else to.user
        person = getattr(to, "person", None) if isinstance(to, User) else to
        state = states.after(self.state, "assign")
        if self.view != "told" and (user is None or not self._seen_by(user)):
            raise NotNowError(
                f"{to} may not see yet what this finding rests on, so it cannot be given to them. "
                "Name them as a reader first, or choose somebody else."
            )
        before = self.owner_name
        with transaction.atomic():
            self.state, self.user, self.person, self.due = state, user, person, due
            self.save(update_fields=["state", "user", "person", "due"])
            self._note(
                "handed on" if before else "assigned", by, at, values={"from": before, "to": str(to), "due": due}
            )

    def dismiss(self, *, reason: str, until: date | None = None, by: Actor, at: datetime) -> None:
        """Puts it aside until a day, 30 days from now when none is named. It comes back by itself.

        Raises NotNowError when it is not open, when the day has passed, when there is no reason, or when an error has not a sentence.
        """
        state, reason, today = states.after(self.state, "dismiss"), reason.strip(), at.date()
        until = until or today + DISMISSED_FOR
        if not reason:
            raise NotNowError("A dismissal needs a reason: say why this can wait.")
        if self.severity == "error" and (len(reason) < SENTENCE or " " not in reason):
            raise NotNowError("This is to act on now: dismissing it needs a reason of a sentence.")
        if until <= today:
            raise NotNowError(f"{until:%d %b %Y} has passed. Name a later day, or leave it empty for 30 days.")
        with transaction.atomic():
            self.state, self.reason, self.dismissed_until = state, reason, until
            self.save(update_fields=["state", "reason", "dismissed_until"])
            self._note("dismissed", by, at, why=reason, values={"until": until})

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """Takes a dismissal back. Raises NotNowError when it is not dismissed."""
        state = states.after(self.state, "reopen")
        with transaction.atomic():
            self.state, self.reason, self.dismissed_until = state, "", None
            self.save(update_fields=["state", "reason", "dismissed_until"])
            self._note("reopened", by, at)

    def hand_back(self, *, by: Actor, at: datetime) -> None:
        """Takes it from whoever has it, so that it is nobody's again. Raises NotNowError when nobody has it."""
        if self.state != ASSIGNED:
            raise NotNowError("Nobody has taken this finding on, so it cannot be handed back.")
        before = self.owner_name
        with transaction.atomic():
            self.state, self.user, self.person, self.due = states.OPEN, None, None, None
            self.save(update_fields=["state", "user", "person", "due"])
            self._note("handed back", by, at, values={"from": before})

    def refuse_to_plan(self) -> None:
        """Raises NotNowError when an activity would tell what is not told yet: everybody who works on the program sees activities."""
        if self.view != "told":
            raise NotNowError("This finding rests on what is not told yet. Make it an activity once it is told.")

    def plan(self, *, activity: Activity, by: Actor, at: datetime) -> "Planned":
        """Links an activity that is to answer it. Raises NotNowError while it rests on what is not told yet."""
        self.refuse_to_plan()
        with transaction.atomic():
            link, _ = Planned.objects.get_or_create(finding=self, activity=activity)
            self._note("planned an activity", by, at, values={"activity": str(activity)})
        return link

    def _note(self, verb: str, by: Actor, at: datetime, **rest: Any) -> None:
        record(verb, self, by=by, at=at, readers=self.sealed_readers(), **rest)


class OfFinding(Gated[M]):
    """Rows that belong to a finding and are seen by whoever sees it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(finding__in=Finding.objects.visible_to(actor).values("pk"))


class Turn(models.Model):
    """What became of a finding by itself, because the facts changed or a day came. What people did stands in the journal."""

    WORDS = {
        "found": "found",
        "ended": "ended by itself, because the facts changed",
        "came_back": "came back, because the facts changed",
        "expired": "open again, since its dismissal ran out",
    }
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="turns")
    on = models.DateField()
    what = models.CharField(max_length=10, choices=list(WORDS.items()))

    objects = OfFinding["Turn"].as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.WORDS[self.what]


class Planned(models.Model):
    """An activity that is to answer a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="planned")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")

    objects = OfFinding["Planned"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "activity"], name="planned_once")]


class Cursor(models.Model):
    """How far a guideline has looked in one view of a program: the day, the tables' counters and its parameters then."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    view = models.CharField(max_length=10)
    code = models.CharField(max_length=12)
    looked_at = models.JSONField()
    found = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)

    objects = Gated["Cursor"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "view", "code"], name="cursor_once")]


PLANS = ("stages", "processes", "roles", "role_changes", "paths")  # whose counters move when something planned does


class CheckQuerySet(ForStaff["Check"]):
    def fresh(self) -> Self:
        """Runs since which no planned row has moved. After one has, what rests on plans is shown to nobody until the next run."""
        return self.filter(stages=sum(Version.objects.filter(table__in=PLANS).values_list("number", flat=True)))


class Check(models.Model):
    """The last run of the guidelines over a program.

    number: counts runs, so that two at once do not undo each other. stages: the sum of the counters of plans that it saw.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    stages = models.BigIntegerField(default=-1)
    seen = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)

    objects = CheckQuerySet.as_manager()


# Who may open a stored result, by function; what is not named here is for nobody.
RESULT_VERBS = {
    "ownership_grid": "ownership.view",
    "key_numbers": "findings.view",
    "team_coverage": "team.view",
    "team_ground": "team.change",
    "team_proposals": "team.change",
    "reach": "champions.view",
    "leading": "sponsors.view",
    "crowd": "plan.view",
    "training": "training.view",
    "taken_up": "findings.view",
    "peer_lists": "my_peers.view",  # of which everybody reads their own alone: `reach_results.peers_of`
}


class ResultQuerySet(Gated["Result"]):
    def visible_to(self, actor: Actor, hidden: Callable[[], Hidden] | None = None) -> Self:
        """Results for those who may open their page, in the views they are entitled to. hidden: as for findings."""
        functions = [function for function, verb in RESULT_VERBS.items() if actor.may(verb)]
        if actor.user is None or not functions:
            return self.none()
        allowed = Q(view="told")
        fresh = list(Check.objects.fresh().values_list("program_id", flat=True))
        if self.exclude(view="told").filter(program__in=fresh).exists():
            known = hidden() if hidden else hidden_from(actor)
            for program in fresh:
                seen = VIEWS[: VIEWS.index(known.deepest(program)) + 1]
                allowed |= Q(program=program, view__in=seen)
        return self.filter(allowed, function__in=functions)


class Result(models.Model):
    """The stored result of a pure function over the facts of one view, with the day and the counters it was made from."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    function = models.CharField(max_length=40)
    view = models.CharField(max_length=10)
    looked_at = models.JSONField()
    day = models.DateField()
    made_at = models.DateTimeField()
    data = models.JSONField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "function", "view"], name="result_once")]
