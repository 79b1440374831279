"""Experiments: a new technique tried in some units, measured on the pace, registered before it begins, and ended by its own rule."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.analysis.experiments.drawing_lots import draw_halves, draw_steps, similar
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError

DRAFT, READY, RUNNING, STOPPED, ENDED = "draft", "ready", "running", "stopped", "ended"
TOGETHER, STEPPED = "together", "stepped"
STATES: Final = {
    DRAFT: "being written",
    READY: "registered",
    RUNNING: "running",
    STOPPED: "stopped early",
    ENDED: "ended",
}
# state → verb → state after it
TURNS: Final[Mapping[str, Mapping[str, str]]] = {
    DRAFT: {"register": READY},
    READY: {"rewrite": DRAFT, "start": RUNNING},
    RUNNING: {"stop": STOPPED, "end": ENDED},
    STOPPED: {},
    ENDED: {},
}
DESIGNS: Final = {
    TOGETHER: "half of the units begin together, drawn by lot",
    STEPPED: "all units begin, one after another in an order drawn by lot",
}
# What is registered: changed later, it is listed with the day.
REGISTERED: Final = (
    "hypothesis", "technique", "behaviour_id", "hoped", "design", "steps", "starts_on", "weeks", "weeks_before", "units", "harm",
    "stop_rule",
)  # fmt: skip
DRAWN_FROM: Final = ("behaviour_id", "design", "steps", "weeks_before", "units")
NAMES: Final = {
    "behaviour_id": "the behaviour", "hoped": "what is hoped for", "steps": "the steps", "starts_on": "the first day",
    "weeks": "the weeks", "weeks_before": "the weeks before", "units": "the units", "harm": "the harm at which it stops",
    "stop_rule": "the stop rule", "hypothesis": "the hypothesis", "technique": "the technique", "design": "the design",
}  # fmt: skip
LEAST_UNITS: Final = 2


def new_seed() -> int:
    """A seed for drawing, small enough to be read out; never 0, which stands for none."""
    return 1 + secrets.randbelow(999_999)


class ExperimentQuerySet(Gated["Experiment"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("experiments.view") else self.none()


class Experiment(OfProgram):
    """What is tried, why, where and until when.

    technique: a key of the library, or own words. hoped: the difference hoped for, in points of share (5: 5 points). units: ids of the
    units that take part. weeks: of trying; weeks_before: that are compared with. harm: so many points behind the others, it stops.
    drawn: [unit, group that it was drawn in, step or none], written when it is registered. registered: what was registered, `amended`:
    what was changed of it since, each with its day. result: what came of it, written when it ends (`experiment_results.written`).
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="experiments")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    hypothesis = models.TextField(blank=True)
    technique = models.CharField(max_length=120, blank=True)
    behaviour = models.ForeignKey(
        Behaviour, null=True, blank=True, on_delete=models.SET_NULL, related_name="experiments"
    )
    hoped = models.FloatField(null=True, blank=True)
    design = models.CharField(max_length=10, choices=list(DESIGNS.items()), default=TOGETHER)
    steps = models.PositiveSmallIntegerField(default=3)
    units = models.JSONField(default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(default=8)
    weeks_before = models.PositiveSmallIntegerField(default=8)
    harm = models.FloatField(null=True, blank=True)
    stop_rule = models.TextField(blank=True)
    decides = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT)
    drawn = models.JSONField(default=list, blank=True)
    registered = models.JSONField(default=dict, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    amended = models.JSONField(default=list, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    result = models.JSONField(default=dict, blank=True)

    objects = ExperimentQuerySet.as_manager()
    word, facts = "an experiment", ("experiments",)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="experiment_key_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("X")
        super().save(*args, **kwargs)

    @property
    def hoped_share(self) -> float:
        """What is hoped for as a difference of shares; 0 where nobody has said."""
        return (self.hoped or 0) / 100

    @property
    def first_week(self) -> date | None:
        """The Monday of the week in which it begins."""
        return self.starts_on - timedelta(days=self.starts_on.weekday()) if self.starts_on else None

    @property
    def last_day(self) -> date | None:
        """The last day of trying."""
        return self.first_week + timedelta(weeks=self.weeks, days=-1) if self.first_week else None

    @property
    def gap(self) -> int:
        """Weeks from one step to the next."""
        return max(self.weeks // max(self.steps, 1), 1)

    @property
    def missing(self) -> list[str]:
        """What keeps it from being registered, each as a phrase that can follow “still missing:”."""
        asked = {
            "what you expect, and why": self.hypothesis,
            "the behaviour on which it is measured": self.behaviour_id,
            "the difference you hope for": self.hoped,
            "the first day": self.starts_on,
            "when it stops": self.stop_rule,
            "who decides": self.decides_id,
            "two units or more": len(self.units) >= LEAST_UNITS,
            "as many units as steps": self.design == TOGETHER or len(self.units) >= self.steps,
        }
        return [words for words, there in asked.items() if not there]

    def beginnings(self) -> list[int | None]:
        """The week of trying in which each unit of `drawn` begins, counted from 0; None where it does not."""
        gap = 0 if self.design == TOGETHER else self.gap
        return [None if step is None else step * gap for _, _, step in self.drawn]

    def register(self, levels: Mapping[int, float], *, by: Actor, at: datetime) -> None:
        """Writes down what is planned and draws who begins when. levels: unit → its share before, so that similar units are drawn from.

        Raises CannotError while something is missing.
        """
        if self.missing:
            raise CannotError(f"It cannot be registered: still missing is {', '.join(self.missing)}.")
        written = {name: _plain(getattr(self, name)) for name in REGISTERED}
        seed = self.seed or new_seed()
        drawn = {"seed": seed, "drawn": self._draw(levels, seed)}
        values = {**drawn, "registered": written, "registered_on": at.date(), "amended": []}
        self._turn("register", values, by=by, at=at)

    def _draw(self, levels: Mapping[int, float], seed: int) -> list[list[int | None]]:
        units, keys = zip(*Unit.objects.filter(pk__in=self.units).order_by("key").values_list("pk", "key"), strict=True)
        size = 2 if self.design == TOGETHER else self.steps
        groups = similar([levels.get(unit, 0.0) for unit in units], size)
        if self.design == STEPPED:
            steps: list[int | None] = list(draw_steps(seed, keys, groups, self.steps))
        else:
            steps = [0 if tries else None for tries in draw_halves(seed, keys, groups)]
        return [list(one) for one in zip(units, groups, steps, strict=True)]

    def rewrite(self, *, by: Actor, at: datetime) -> None:
        """It is being written again; what was drawn is let go, and is drawn the same from the same units and seed."""
        self._turn("rewrite", {"drawn": [], "registered": {}, "registered_on": None, "amended": []}, by=by, at=at)

    def start(self, *, by: Actor, at: datetime) -> None:
        """It runs: the units that were drawn first begin on the first day."""
        self._turn("start", {}, by=by, at=at)

    def finish(self, verb: str, conclusion: str, result: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
        """Ends it (verb “end”) or stops it early (“stop”) with what was concluded. Raises CannotError without a conclusion."""
        if not conclusion.strip():
            raise CannotError("Say in a sentence what you conclude, and what is done now.")
        values = {"ended_on": at.date(), "conclusion": conclusion.strip(), "result": dict(result)}
        self._turn(verb, values, by=by, at=at)

    def _turn(self, verb: str, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
        after = TURNS[self.state].get(verb)
        if after is None:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so this cannot be done now. Look at its page again.")
        said = {"register": "registered", "rewrite": "took back", "start": "started", "stop": "stopped", "end": "ended"}
        register.change(
            self, {**values, "state": after}, verb=f"{said[verb]} an experiment", facts=self.facts, by=by, at=at
        )

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other values; of what is registered, what differs is listed. Raises CannotError once it has ended, and for what the
        drawing rests on while it is registered."""
        if self.state in (STOPPED, ENDED):
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it stays as it was. Begin another one from it.")
        if self.state == DRAFT:
            return super().change(values, by=by, at=at)
        stored = type(self)._base_manager.get(pk=self.pk)
        given = {_column(name): _plain(getattr(value, "pk", value)) for name, value in values.items()}
        was = {name: _plain(getattr(stored, name)) for name in given}
        differ = [name for name in REGISTERED if name in given and given[name] != was[name]]
        if any(name in DRAWN_FROM for name in differ):
            raise CannotError(
                "Behaviour, units, design and weeks before are what the lots were drawn from. Take the registration back first; "
                "once it runs, end it and begin another one."
            )
        listed = [
            {"on": at.date().isoformat(), "what": NAMES[one], "before": was[one], "after": given[one]} for one in differ
        ]
        return super().change({**values, "amended": [*stored.amended, *listed]}, by=by, at=at)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError once it runs: what was tried stays known, also where nothing came of it."""
        if self.state not in (DRAFT, READY):
            raise CannotError(
                f"“{self}” is {STATES[self.state]}. What was tried stays known, also where nothing came of it."
            )
        super().remove(by=by, at=at)


def _column(name: str) -> str:
    return f"{name}_id" if name in ("behaviour", "decides") else name


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value
