"""What is brought in by sheets: each import with what it changed, so that it can be undone; and mappings that are kept."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.programs.models import Program

READ, COMMITTED, UNDONE, REFUSED, WORKING = "read", "committed", "undone", "refused", "working"
STATES = {
    READ: "looked over, not taken over yet",
    WORKING: "under way",
    COMMITTED: "taken over",
    UNDONE: "undone",
    REFUSED: "set aside",
}
FORGOTTEN = "forgotten"  # in a summary: what the import changed is no longer kept
MISSING = {
    "list": "leave them as they are, and list them here",
    "ignore": "leave them as they are",
    "left": "say that they have left",
}


class ImportQuerySet(Gated["Import"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who may bring sheets see what was brought; where it can hold plans, only who brought it."""
        if not actor.may("intake.view"):
            return self.none()
        return self.filter(models.Q(by=actor.user) | models.Q(summary__plain=True))

    def past(self) -> Self:
        """Those that came to an end one way or another."""
        return self.filter(state__in=(COMMITTED, UNDONE))


class Import(models.Model):
    """One upload of one or several files, from looking it over to taking it over, and perhaps undoing it.

    files: their names. digest: of their bytes. mapping: table → header → column of ours. options: from_day, missing, prefer, tables.
    summary: what was found and what was done, for the pages; “plain” when no sheet of it can hold plans. seen: the versions of the
    facts that the preview was made at.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=READ)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=80, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(self.files)

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def sums(self) -> dict[str, int]:
        """How many rows are new, changed and kept out, over all sheets."""
        tables = self.summary.get("tables", ())
        return {how: sum(one.get(how, 0) for one in tables) for how in ("new", "changed", "kept_out")}


class ChangeQuerySet(Gated["Change"]):
    """Read by undo alone."""


class Change(models.Model):
    """Many rows of one model that an import made, changed or removed, in the order of writing.

    rows: for each [id, what it held before, a digest of what it held afterwards]; before is null for a row that was made, and holds only
    the fields that changed for one that was changed; the digest is null for a row that was removed. So nothing of a person is kept
    here that is not needed to bring it back.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    rows = models.JSONField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["order"]


class SavedMappingQuerySet(Gated["SavedMapping"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("intake.view") else self.none()

    def keep(self, program: Program, table: str, headers: str, mapping: dict[str, str], *, at: datetime) -> None:
        """Remembers what the headers of a sheet mean, for the next sheet that has the same."""
        values = {"mapping": mapping, "at": at}
        self.update_or_create(program=program, table=table, headers=headers, defaults=values)

    def of(self, program: Program, table: str, headers: str) -> dict[str, str] | None:
        """What was said about these headers before."""
        return self.filter(program=program, table=table, headers=headers).values_list("mapping", flat=True).first()


class SavedMapping(models.Model):
    """What the headers of a sheet mean. headers: a digest of all headers of the sheet, in order."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    headers = models.CharField(max_length=64)
    mapping = models.JSONField()
    at = models.DateTimeField()

    objects = SavedMappingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "table", "headers"], name="saved_mapping_once")]
