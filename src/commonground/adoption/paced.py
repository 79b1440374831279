"""What was measured of behaviours, kept for the pages: figures, how far measuring is, forecasts as they were made and what came of them.

All of it is worked out of observations or counts and can be worked out again, the forecasts aside: these are kept as they were made.
"""

from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.pace.figures import Pace, read
from commonground.disclosure.thresholds import PACE, threshold_of

WHOLE = "whole"


class PacedQuerySet(Gated["Paced"]):
    def visible_to(self, actor: Actor) -> Self:
        """Figures made under the threshold that holds now, or a higher one: those made before it was raised are measured anew first."""
        return self.filter(threshold__gte=threshold_of(PACE)) if actor.may("pace.view") else self.none()


class Paced(models.Model):
    """The stored figures of one behaviour: `data` is a `Pace` (analysis/pace/figures.py), made at `made_at` out of generation
    `generation` of its log (0: out of counts).

    summary: what a list of behaviours needs of it (`summary.py`). rule_digest: of the rule they were made with; sources: the systems they
    come from. inputs: a digest of what they were made with (rule, dates, milestones, counts), to tell whether
    that has changed since. kept_before: weeks before this day are kept from earlier observing, since the log was let go of them; empty:
    the log tells all. earlier_rule: some of these were observed by an earlier rule.
    """

    behaviour = models.OneToOneField("adoption.Behaviour", on_delete=models.CASCADE, related_name="paced")
    generation = models.PositiveIntegerField(default=0)
    rule_digest = models.CharField(max_length=64, blank=True)
    inputs = models.CharField(max_length=64, blank=True)
    sources = models.JSONField(default=list)
    threshold = models.PositiveSmallIntegerField()
    kept_before = models.DateField(null=True)
    earlier_rule = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    data = models.JSONField()
    summary = models.JSONField(default=dict)

    objects = PacedQuerySet.as_manager()
    derived = True

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.made_at:%Y-%m-%d}"

    @cached_property
    def pace(self) -> Pace:
        """The figures."""
        return read(self.data)

    @property
    def note(self) -> str:
        """What a reader should know of the weeks behind the figures; empty where there is nothing to tell."""
        if self.kept_before is None:
            return ""
        words = f"Weeks before {self.kept_before:%-d %b %Y} are kept as they were observed; their events are no longer in the log."
        if self.earlier_rule:
            words += " Some of them were observed by an earlier rule, so a step there may come from the rule."
        return words


class ObservingQuerySet(Gated["Observing"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()


class Observing(models.Model):
    """How far observing and measuring one behaviour is, and what went wrong last."""

    behaviour = models.OneToOneField("adoption.Behaviour", on_delete=models.CASCADE, related_name="observing")
    asked_at = models.DateTimeField()
    progress = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    objects = ObservingQuerySet.as_manager()
    derived = True

    def __str__(self) -> str:
        return f"{self.behaviour}: {self.progress or 'at rest'}"

    @property
    def runs(self) -> bool:
        return self.ended_at is None and not self.fault


class Record(NamedTuple):
    """How forecasts of one group did so far. forecasts: that were scored; n: weeks that came, each counted once (`scoring.record`).

    crps: mean, in points of share; coverage: nominal share → (share within, low, high), the 95 % Wilson interval.
    """

    forecasts: int
    n: int
    crps: float
    coverage: tuple[tuple[float, float, float, float], ...]
    scored_until: str


class ForecastMadeQuerySet(Gated["ForecastMade"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()

    def of(self, behaviour: Any, group: str = WHOLE) -> Self:
        """Those of one group, oldest first."""
        return self.filter(behaviour=behaviour, group=group)

    def by_day(self, day: date) -> Self:
        """Those that had been made by the end of a day."""
        return self.filter(made_on__lte=day)


class ForecastMade(models.Model):
    """A forecast as it was made on a day, kept to be scored. group: “whole”, or kind and key of the group (“unit:12”). data: a `Forecast`.

    score: what came of it so far, {} until a week of it has been observed: n, crps, coverage50, coverage80, coverage95, and `weeks`, a
    row for each week that came: [week, crps, inside 50 %, inside 80 %, inside 95 %].
    """

    behaviour = models.ForeignKey("adoption.Behaviour", on_delete=models.CASCADE, related_name="forecasts")
    group = models.CharField(max_length=120)
    made_on = models.DateField()
    data = models.JSONField()
    score = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True)

    objects = ForecastMadeQuerySet.as_manager()
    derived = True

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["behaviour", "group", "made_on"], name="forecast_once_a_day")]

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.group}, {self.made_on:%Y-%m-%d}"


class LetGo(models.Model):
    """Events before a day were let go from a log, and what was observed of them is kept. One for each log, the latest day counts."""

    log = models.OneToOneField("events.Log", on_delete=models.CASCADE, related_name="+")
    before = models.DateField()
    at = models.DateTimeField()

    objects = Gated["LetGo"].as_manager()
    derived = True

    def __str__(self) -> str:
        return f"{self.log}, before {self.before:%Y-%m-%d}"
