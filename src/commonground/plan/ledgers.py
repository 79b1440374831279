"""What a ledger tells of the budget: files that were brought, their bookings, and the rules by which these belong to lines.

A file is looked over first; its bookings count once it is taken over, and until it is undone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.plan import ledger
from commonground.journal.recording import record
from commonground.plan.budgets import BudgetLine, Told
from commonground.programs import register
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

LOOKED, TAKEN, ASIDE, UNDONE = "looked", "taken", "aside", "undone"
STATES = {
    LOOKED: "looked over, not taken over yet",
    TAKEN: "taken over",
    ASIDE: "set aside",
    UNDONE: "undone",
}
KINDS = ((ledger.SPENT, "spent"), (ledger.COMMITTED, "ordered"))
FIELDS = (
    (ledger.ACCOUNT, "account is"),
    (ledger.CENTRE, "cost centre or project is"),
    (ledger.WORDS, "words hold"),
)
AT_ONCE = 500
FOLDER: Final = "ledgers"


R = TypeVar("R", bound=models.Model)


class OfBudgetQuerySet(Gated[R]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("budget.view") else self.none()


class LedgerFileQuerySet(OfBudgetQuerySet["LedgerFile"]):
    def look(
        self,
        program: Program,
        bookings: Sequence[ledger.Booking],
        *,
        by: Actor,
        at: datetime,
        **given: Any,
    ) -> "LedgerFile":
        """Keeps what was read from a file until somebody takes it over or sets it aside.

        given: file, digest, place, stated (account → total the file states), kept_out, mapping, left_out. Raises CannotError for a file
        that is taken over already.
        """
        row = LedgerFile(program=program, brought_at=at, **given)
        same = LedgerFile.objects.filter(program=program, digest=row.digest, state=TAKEN).first()
        if same is not None:
            raise CannotError(
                f"This very file was taken over on {same.ended_at:%-d %b %Y}, as “{same}”. Nothing is counted twice."
            )
        with transaction.atomic():
            row.save(force_insert=True)
            row.write(bookings)
            record("brought a ledger", row, by=by, at=at, values={"file": row.file, "bookings": len(bookings)})
        return row


class LedgerFile(models.Model):
    """One export of a ledger. stated: account → the file's own total in smallest units, "" for that over all.

    kept_out: rows that could not be read, each [row, column, value, why]; left_out: headers that were not read and not kept.
    place: the folder in which the file lies until it is taken over or set aside; mapping: our column → its header.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="ledgers")
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=LOOKED)
    brought_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    stated = models.JSONField(default=dict, blank=True)
    kept_out = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)

    objects = LedgerFileQuerySet.as_manager()
    facts = ("budget",)

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.file

    def write(self, bookings: Sequence[ledger.Booking]) -> None:
        """Writes the bookings of the file anew: which stand twice, and to which line each belongs."""
        self.bookings.all().delete()
        known = [row.plain() for row in Booking.objects.counting().filter(program=self.program_id)]
        twice = ledger.doubles(bookings, known)
        lines, rules = lines_and_rules(self.program_id)
        Booking.objects.bulk_create(
            (
                _made(self, one, place in twice, *ledger.assigned(one, lines, rules))
                for place, one in enumerate(bookings)
            ),
            batch_size=AT_ONCE,
        )

    def recount(self) -> None:
        """Looks again which of its bookings stand twice, since others may have come in; what somebody said of one stands."""
        rows = list(self.bookings.order_by("row", "pk"))
        known = Booking.objects.counting().filter(program=self.program_id).exclude(file=self)
        twice = ledger.doubles([row.plain() for row in rows], [row.plain() for row in known])
        for place, row in enumerate(rows):
            row.double = place in twice if row.said is None else row.said
        Booking.objects.bulk_update(rows, ["double"], batch_size=AT_ONCE)

    def reconciled(self) -> ledger.Reconciled:
        """The bookings of the file against its own totals."""
        rows = (
            self.bookings.order_by()
            .values_list("account", "double")
            .annotate(name=models.Max("account_name"), many=models.Count("pk"), money=models.Sum("amount"))
        )
        sums = (
            ledger.Account(account, name, many, amount, amount if double else 0)
            for account, double, name, many, amount in rows
        )
        return ledger.held_against(sums, self.stated)

    def take_over(self, *, all_the_same: bool, by: Actor, at: datetime) -> None:
        """Its bookings count from now on. Raises CannotError where rows are kept out or sums differ, unless all_the_same."""
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be taken over.")
        if not all_the_same and (self.kept_out or self.reconciled().differing):
            what = "rows that could not be read" if self.kept_out else "sums that are not those of the file"
            raise CannotError(f"“{self}” has {what}. Bring a mended file, or say that it is taken over all the same.")
        if LedgerFile.objects.filter(program=self.program_id, digest=self.digest, state=TAKEN).exists():
            raise CannotError(f"The same file is taken over already. Set “{self}” aside.")
        with transaction.atomic():
            self.recount()
            self._end(TAKEN, "took a ledger over", by=by, at=at)
            assign_again(self.program_id)

    def set_aside(self, *, by: Actor, at: datetime) -> None:
        """It is not taken over; what was read of it goes."""
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be set aside.")
        with transaction.atomic():
            self.bookings.all().delete()
            self.kept_out = []
            self._end(ASIDE, "set a ledger aside", by=by, at=at)

    def undo(self, *, by: Actor, at: datetime) -> None:
        """Its bookings count no longer. They stay to be looked at, and `take_again` brings them back."""
        if self.state != TAKEN:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so there is nothing to undo.")
        with transaction.atomic():
            self._end(UNDONE, "undid a ledger", by=by, at=at)

    def take_again(self, *, by: Actor, at: datetime) -> None:
        """The way back from an undo. What came in by another file meanwhile is not counted again."""
        if self.state != UNDONE:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it is not there to be taken again.")
        self.state = LOOKED
        self.take_over(all_the_same=True, by=by, at=at)

    def _end(self, state: str, verb: str, *, by: Actor, at: datetime) -> None:
        self.state, self.ended_at = state, at
        self.save(update_fields=["state", "ended_at", "kept_out"])
        path = path_of(self.place) if self.place else None
        if path is not None:
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
        values = {"file": self.file, "bookings": self.bookings.count()}
        record(verb, self, by=by, at=at, values=values, facts=self.facts if state in (TAKEN, UNDONE) else ())


class LedgerRule(OfProgram):
    """“Bookings whose field says this belong to that line.” Removing it gives back what it assigned."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="ledger_rules")
    field = models.CharField(max_length=8, choices=FIELDS, default=ledger.ACCOUNT)
    says = models.CharField(max_length=200)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="rules")

    objects = OfBudgetQuerySet["LedgerRule"].as_manager()
    word, facts = "a rule for bookings", ("budget",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "field", "says"], name="ledger_rule_once")]

    def __str__(self) -> str:
        return f"{self.get_field_display()} “{self.says}”"

    def plain(self) -> ledger.Rule:
        return ledger.Rule(self.pk, self.field, self.says, self.line_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes it and assigns again, whichever verb it is that writes."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            assign_again(self.program_id)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; the bookings that it assigned belong to no line, or to that of another rule."""
        with transaction.atomic():
            super().remove(by=by, at=at)
            assign_again(self.program_id)


class BookingQuerySet(OfBudgetQuerySet["Booking"]):
    def counting(self) -> Self:
        """Those of files that are taken over, without what stands twice."""
        return self.filter(file__state=TAKEN, double=False)


class Booking(models.Model):
    """One booking. double: it stands twice and is not counted; said: whether it does, as somebody said it; rule: that assigned it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="bookings")
    file = models.ForeignKey(LedgerFile, on_delete=models.CASCADE, related_name="bookings")
    row = models.PositiveIntegerField()
    day = models.DateField()
    amount = models.BigIntegerField()
    kind = models.CharField(max_length=9, choices=KINDS, default=ledger.SPENT)
    hours = models.BigIntegerField(default=0)
    account = models.CharField(max_length=60, blank=True)
    account_name = models.CharField(max_length=120, blank=True)
    centre = models.CharField(max_length=60, blank=True)
    names_line = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=200, blank=True)
    line = models.ForeignKey(BudgetLine, null=True, on_delete=models.SET_NULL, related_name="bookings")
    rule = models.ForeignKey(LedgerRule, null=True, on_delete=models.SET_NULL, related_name="+")
    double = models.BooleanField(default=False)
    said = models.BooleanField(null=True, default=None)

    objects = BookingQuerySet.as_manager()
    facts = ("budget",)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["program", "line", "kind"], name="booking_of_line")]

    def __str__(self) -> str:
        return self.words or self.reference or self.account

    def plain(self) -> ledger.Booking:
        return ledger.Booking(
            self.row,
            self.day,
            self.amount,
            self.account,
            self.reference,
            self.words,
            self.centre,
            self.names_line,
            self.kind,
            self.hours,
            self.account_name,
        )

    def say_double(self, double: bool, *, by: Actor, at: datetime) -> bool:
        """Says that it stands twice and is not counted, or that it does not."""
        verb = "said that a booking stands twice" if double else "said that a booking does not stand twice"
        return register.change(self, {"double": double, "said": double}, verb=verb, facts=self.facts, by=by, at=at)


def path_of(place: str) -> Path:
    """Where a file lies until it is taken over or set aside."""
    return Path(settings.DATA) / FOLDER / place


def _made(file: LedgerFile, one: ledger.Booking, double: bool, line: int | None, rule: int | None) -> Booking:
    return Booking(
        program_id=file.program_id,
        file=file,
        row=one.row,
        day=one.day,
        amount=one.amount,
        kind=one.kind,
        hours=one.hours,
        account=one.account[:60],
        account_name=one.account_name[:120],
        centre=one.centre[:60],
        names_line=one.line[:120],
        reference=one.reference[:80],
        words=one.words[:200],
        line_id=line,
        rule_id=rule,
        double=double,
    )


def lines_and_rules(program: int) -> tuple[Mapping[str, int], Sequence[ledger.Rule]]:
    """What bookings are assigned by: lines by their key, and the rules in their order."""
    keys = BudgetLine.objects.filter(program=program).values_list("key", "pk")
    rules = LedgerRule.objects.filter(program=program)
    return {ledger.plain(key): pk for key, pk in keys}, [row.plain() for row in rules]


def assign_again(program: int) -> int:
    """Gives every booking the line that it belongs to by what it says and by the rules of now. Returns how many moved."""
    lines, rules = lines_and_rules(program)
    moved: list[Booking] = []
    for row in Booking.objects.filter(program=program):
        line, rule = ledger.assigned(row.plain(), lines, rules)
        if (row.line_id, row.rule_id) != (line, rule):
            row.line_id, row.rule_id = line, rule
            moved.append(row)
    Booking.objects.bulk_update(moved, ["line", "rule"], batch_size=AT_ONCE)
    return len(moved)


def told_by_ledger(program: Program | int, day: date) -> Mapping[int, Told]:
    """Line → the sums of its bookings that count, up to a day. One query."""
    found: dict[int, Told] = {}
    rows = (
        Booking.objects.counting()
        .filter(program=program, line__isnull=False, day__lte=day)
        .order_by()
        .values_list("line", "kind")
        .annotate(money=models.Sum("amount"), time=models.Sum("hours"), many=models.Count("pk"))
    )
    for line, kind, amount, time, many in rows:
        told = found.setdefault(line, Told())
        told.bookings += many
        if kind == ledger.COMMITTED:
            told.committed = amount
        else:
            told.spent, told.hours = amount, time or None
    return found


def of_no_line(program: Program | int) -> BookingQuerySet:
    """Bookings that count and belong to no line."""
    return Booking.objects.counting().filter(program=program, line=None)
