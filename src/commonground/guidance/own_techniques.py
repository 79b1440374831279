"""Techniques that a program wrote down itself. They stand beside those of the library, with what they did here as their evidence."""

from typing import Final, Self

from django.db import models
from django.db.models import F

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.plan.kinds import KINDS, LABELS
from commonground.guidance.techniques import Technique
from commonground.programs.models import OfProgram, Program, key_for

PREFIX: Final = "own"
LISTS: Final = ("fits", "not_when", "steps", "risks", "measures")


class OwnTechniqueQuerySet(Gated["OwnTechnique"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the library."""
        return self if actor.may("techniques.view") else self.none()


class OwnTechnique(OfProgram):
    """A technique of one's own. fits, not_when, steps, risks, measures: one entry a line. seen: what was seen of it, in words.

    symptoms, causes: keys of the library's. effort: hours of work to try it once.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="own_techniques")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    works = models.CharField(max_length=300, blank=True)
    fits = models.TextField(blank=True)
    not_when = models.TextField(blank=True)
    steps = models.TextField()
    risks = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    seen = models.TextField(blank=True)
    symptoms = models.JSONField(default=list, blank=True)
    causes = models.JSONField(default=list, blank=True)
    practice = models.CharField(max_length=5)
    activity_kind = models.CharField(max_length=20, choices=[(kind, LABELS[kind]) for kind in KINDS], default="involve")
    effort = models.FloatField(default=8)

    objects = OwnTechniqueQuerySet.as_manager()
    word, facts = "a technique", ()

    class Meta:
        ordering = [F("name").asc(), "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="own_technique_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        return key_for(PREFIX)

    def as_technique(self) -> Technique:
        """As the library has them. Its evidence is “ours”: what is known of it is what was seen here."""
        said = {
            name: tuple(line.strip() for line in getattr(self, name).splitlines() if line.strip()) for name in LISTS
        }
        return Technique(
            key=self.key,
            name=self.name,
            kind="technique",
            summary=self.summary,
            works=self.works,
            symptoms=tuple(self.symptoms),
            causes=tuple(self.causes),
            com_b=(),
            bct=(),
            practices=(self.practice,),
            evidence="ours",
            evidence_says=self.seen,
            source="",
            mark="",
            effort=self.effort,
            activity_kind=self.activity_kind,
            **said,
        )
