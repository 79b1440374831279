"""What came of findings that were taken up: whether each ended, what the pace did, and what each technique did here so far.

It shows what followed and is no proof of what caused it: what is taken up is what stood badly, and that improves by itself more often
than not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from commonground.access.actor import Actor
from commonground.analysis.guidance.likely import Expected, Here, Likely, likely
from commonground.analysis.pace.before_after import Pooled, pooled
from commonground.guidance import states
from commonground.guidance.embargo import Hidden
from commonground.guidance.models import Check, Finding, FindingQuerySet, Planned
from commonground.guidance.results import results_for
from commonground.guidance.taken_results import TAKEN, Comparison, comparisons
from commonground.guidance.technique_library import library_of
from commonground.guidance.techniques import CATALOGUE, Technique
from commonground.programs.activities import OPEN
from commonground.programs.models import Activity, Program
from commonground.ui.words import day as said_day

TOGETHER = 5
"""Comparisons, of different activities, from which on they are taken together."""
ENDED, STILL, WAITS, NOT_YET, DROPPED = "ended", "still", "waits", "not yet", "dropped"
MARKS = {ENDED: "good", STILL: "watch", WAITS: "none", NOT_YET: "none", DROPPED: "none"}


@dataclass(frozen=True)
class Came:
    """A finding that was taken up by an activity, what became of it (one of the words above), in a sentence, and the pace around it."""

    planned: Planned
    what: str
    said: str
    compared: tuple[Comparison, ...]
    technique: Technique | None = None

    @property
    def activity(self) -> Activity:
        return self.planned.activity

    @property
    def finding(self) -> Finding:
        return self.planned.finding

    @property
    def mark(self) -> str:
        return MARKS[self.what]

    @property
    def told(self) -> tuple[Comparison, ...]:
        """Comparisons for which there was enough data."""
        return tuple(one for one in self.compared if one.told.change is not None)

    @property
    def why_not(self) -> str:
        """Why nothing could be compared; empty where something was, or before it was delivered."""
        if self.told or self.activity.delivered_on is None:
            return ""
        return next(
            (one.told.why for one in self.compared), "No behaviour is measured there, so no pace can be compared."
        )

    @property
    def delivered_said(self) -> str:
        return said_day(self.activity.delivered_on) if self.activity.delivered_on else ""

    @property
    def may_take_back(self) -> bool:
        return self.activity.state == "planned" and self.activity.delivered_on is None


def outcome(activity: Activity, finding: Finding, looked_on: date | None) -> tuple[str, str]:
    """What became of a finding that an activity answers, and the sentence. looked_on: the day on which guidelines last ran."""
    if activity.delivered_on is None:
        return _undelivered(activity)
    delivered = activity.delivered_on
    if finding.state == states.ENDED and finding.ended_on is not None:
        if finding.ended_on < delivered:
            return ENDED, f"The finding had ended on {said_day(finding.ended_on)}, before this was delivered."
        return ENDED, f"The finding ended on {said_day(finding.ended_on)}: the guideline finds it no more."
    if looked_on is None or looked_on < delivered:
        return WAITS, "Delivered; the guideline has not looked again yet."
    if finding.state == states.DISMISSED and finding.dismissed_until is not None:
        return STILL, f"Still there; put aside until {said_day(finding.dismissed_until)}."
    return STILL, f"Still there when the guideline looked again on {said_day(looked_on)}."


def _undelivered(activity: Activity) -> tuple[str, str]:
    if activity.state == "dropped":
        return DROPPED, "The activity was dropped."
    last = activity.last_day
    when = f", until {said_day(last)}" if last else ""
    return NOT_YET, f"{'Under way' if activity.state == 'running' else 'Planned'}{when}."


def came_of(
    program: Program,
    actor: Actor,
    *,
    rows: Iterable[Planned] | None = None,
    seen: FindingQuerySet | None = None,
    hidden: Callable[[], Hidden] | None = None,
) -> list[Came]:
    """What came of everything that was taken up, as far as the actor may see the findings; the newest delivery first.

    rows: of these alone. seen: the findings that the actor may see, where these are known already. Four queries, however many there are.
    hidden: as in `results_for`.
    """
    if rows is None:
        mine = (
            Planned.objects.visible_to(actor) if seen is None else Planned.objects.filter(finding__in=seen.values("pk"))
        )
        mine = mine.filter(finding__program=program)
        rows = mine.select_related("finding", "finding__unit", "activity", "activity__owner")
    found = list(rows)
    if not found:
        return []
    looked_on = Check.objects.filter(program=program).values_list("day", flat=True).first()
    stored, library = results_for(actor, program, TAKEN, hidden=hidden).get(TAKEN), library_of(program.pk, actor)
    data: Mapping[str, Sequence[Mapping[str, object]]] = stored.data if stored else {}
    came = []
    for row in found:
        what, said = outcome(row.activity, row.finding, looked_on)
        technique = library.get(row.activity.technique)
        came.append(Came(row, what, said, comparisons(data.get(str(row.pk), ())), technique))
    return sorted(came, key=_newest)


def _newest(one: Came) -> tuple[bool, int, int]:
    """What is open first, then the newest delivery."""
    delivered = one.activity.delivered_on
    return delivered is not None, -(delivered.toordinal() if delivered else 0), -one.planned.pk


def taken_now(program: Program, day: date, still_for: int) -> set[int]:
    """Findings that somebody is at: an activity for them is open, or was delivered less than `still_for` days ago."""
    rows = Planned.objects.filter(finding__program=program, finding__state__in=states.LIVE)
    return {
        finding
        for finding, state, delivered in rows.values_list("finding", "activity__state", "activity__delivered_on")
        if (delivered is None and state in OPEN) or (delivered is not None and (day - delivered).days < still_for)
    }


@dataclass(frozen=True)
class Effects:
    """What one technique did here. key: its own, “” for activities that name none; rows: everything that used it and answers a finding."""

    key: str
    rows: tuple[Came, ...]

    @property
    def name(self) -> str:
        return self.technique.name if self.technique else self.key or "No technique named"

    @property
    def technique(self) -> Technique | None:
        return self.rows[0].technique if self.rows else CATALOGUE.get(self.key)

    @cached_property
    def activities(self) -> int:
        return len({one.activity.pk for one in self.rows})

    @cached_property
    def delivered(self) -> int:
        return len({one.activity.pk for one in self.rows if one.activity.delivered_on})

    @cached_property
    def answered(self) -> int:
        """Findings for which something was delivered, and at which the guideline has looked again."""
        return sum(one.what in (ENDED, STILL) for one in self.rows)

    @cached_property
    def ended(self) -> int:
        return sum(one.what == ENDED for one in self.rows)

    @cached_property
    def compared(self) -> tuple[Comparison, ...]:
        """Each behaviour and unit once for each activity."""
        found = {(one.activity.pk, row.behaviour, row.unit): row for one in self.rows for row in one.told}
        return tuple(found.values())

    @cached_property
    def here(self) -> tuple[Here, ...]:
        """One change for each activity: its mean over behaviours, with the error of one of them, since they are the same people."""
        by: dict[int, list[Comparison]] = {}
        for one in self.rows:
            if one.told:
                by.setdefault(one.activity.pk, list(one.told))
        return tuple(_mean(rows) for rows in by.values())

    @cached_property
    def together(self) -> Pooled | None:
        """All activities taken together; None while there are fewer than TOGETHER."""
        if len(self.here) < TOGETHER:
            return None
        return pooled([(one.change, one.error) for one in self.here])

    def likely(self, expected: Expected) -> Likely | None:
        known = self.technique
        return likely(known.evidence, self.here, expected) if known else None


def _mean(rows: Sequence[Comparison]) -> Here:
    changes = [row.told.change or 0.0 for row in rows]
    return Here(sum(changes) / len(changes), max(row.told.error or 0.0 for row in rows))


def effects_of(program: Program, technique: str, actor: Actor) -> Effects:
    """What a technique did here, as far as the actor may see. technique: its key."""
    rows = Planned.objects.visible_to(actor).filter(finding__program=program, activity__technique=technique)
    rows = rows.select_related("finding", "finding__unit", "activity", "activity__owner")
    return Effects(technique, tuple(came_of(program, actor, rows=rows)))


def all_effects(came: Iterable[Came]) -> list[Effects]:
    """What every technique that was used did here; the one used most first, what names none last."""
    by: dict[str, list[Came]] = {}
    for one in came:
        by.setdefault(one.activity.technique, []).append(one)
    found = [Effects(key, tuple(rows)) for key, rows in by.items()]
    return sorted(found, key=lambda one: (not one.key, -one.activities, one.name))
