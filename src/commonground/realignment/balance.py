"""Rows of the page of gains and losses: what each role loses and gains by kind, and whether what is offered is enough.

Kind by kind and never summed over kinds; the balance itself is `analysis.balance`, the same that the guidelines use.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from commonground.access.actor import Actor
from commonground.analysis import facts
from commonground.analysis.balance import KindBalance, RoleBalance, balance
from commonground.analysis.register import Register
from commonground.programs.models import Program
from commonground.realignment.gains import KIND_LABELS
from commonground.realignment.models import RoleChange, RoleFate
from commonground.realignment.names import Held, RoleWords, holders, role_words, unit_words
from commonground.ui.words import spelled

UNBALANCED, OPEN, BALANCED, GAINS, UNKNOWN = "unbalanced", "open", "balanced", "gains", "unknown"
STATES = {
    UNBALANCED: ("act", "Unbalanced"),
    OPEN: ("watch", "Offer open"),
    BALANCED: ("good", "Balanced"),
    GAINS: ("good", "Gains"),
    UNKNOWN: ("none", "Not recorded yet"),
}
ORDER = tuple(STATES)
NOTHING = RoleBalance("", ())


@dataclass(frozen=True)
class BalanceRow:
    """One role on the page. `changes` are its gains and losses as recorded; `cells` follow the columns of the page."""

    fate: RoleFate
    words: RoleWords
    held: Held
    unit: str
    balance: RoleBalance
    changes: Sequence[RoleChange]
    cells: Sequence[Sequence[KindBalance]] = field(default_factory=tuple)

    @property
    def state(self) -> str:
        return state_of(self.balance, self.changes)

    @property
    def mark(self) -> str:
        return STATES[self.state][0]

    @property
    def label(self) -> str:
        return STATES[self.state][1]

    @property
    def offers(self) -> list[RoleChange]:
        """Losses for which something is offered."""
        return [change for change in self.changes if change.offered]


def state_of(role: RoleBalance, changes: Sequence[RoleChange]) -> str:
    """Unbalanced while a loss has no gain of its kind and no offer that is open; “offer open” while only answers are missing.

    A loss whose offer was declined is unbalanced until another is made. Balanced is what the holders accepted or a gain makes good.
    """
    if not changes:
        return UNKNOWN
    if not any(kind.lost for kind in role.kinds):
        return GAINS
    if not role.unbalanced:
        return BALANCED
    waiting = {(kind.kind, kind.words) for kind in role.unbalanced}
    bare = [
        change
        for change in changes
        if change.loses and key_of(change) in waiting and not change.accepted and not _pending(change)
    ]
    return UNBALANCED if bare else OPEN


def key_of(change: RoleChange) -> tuple[str, str | None]:
    """The kind that a gain or loss is weighed in: words of their own are a kind each."""
    return change.kind, (change.words.strip() or None) if change.kind == "other" else None


def _pending(change: RoleChange) -> bool:
    return bool(change.offered) and change.accepted is None


def balance_rows(actor: Actor, program: Program, day: date) -> list[BalanceRow]:
    """The roles with a plan that the actor may see, those out of balance first."""
    fates = list(RoleFate.objects.visible_to(actor).filter(program=program).select_related("role"))
    changes: dict[int, list[RoleChange]] = {fate.pk: [] for fate in fates}
    for change in RoleChange.objects.visible_to(actor).filter(role_fate__in=list(changes)).order_by("pk"):
        changes[change.role_fate_id].append(change)
    weighed = weigh(changes, day)
    roles = [fate.role_id for fate in fates]
    words, held = role_words(roles, day), holders(roles, day)
    units = unit_words([one.unit for one in held.values()], day)
    rows = [
        BalanceRow(
            fate,
            words.get(fate.role_id, RoleWords(fate.role.key)),
            held.get(fate.role_id, Held()),
            units.get(held.get(fate.role_id, Held()).unit or 0, ""),
            weighed.get(str(fate.pk), NOTHING),
            changes[fate.pk],
        )
        for fate in fates
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row.state), row.words.name))


def weigh(changes: dict[int, list[RoleChange]], day: date) -> dict[str, RoleBalance]:
    """Fate → its balance by `analysis.balance`."""
    rows = [
        facts.RoleChange(
            role=str(fate),
            kind=change.kind,
            size=change.size,
            words=change.words or None,
            offered=change.offered or None,
            accepted=change.accepted,
            unit=str(change.unit_id) if change.unit_id else None,
        )
        for fate, own in changes.items()
        for change in own
    ]
    return dict(balance(Register(facts.Facts({"role_changes": rows}, day))))


def columns(rows: Sequence[BalanceRow]) -> list[tuple[str, str]]:
    """Kinds that occur, with their label, in the order of the glossary."""
    found = {kind.kind for row in rows for kind in row.balance.kinds}
    return [(kind, label) for kind, label in KIND_LABELS.items() if kind in found]


def cells(row: BalanceRow, kinds: Sequence[tuple[str, str]]) -> list[list[KindBalance]]:
    """What stands in each column; several where the group names kinds of its own."""
    return [[kind for kind in row.balance.kinds if kind.kind == key] for key, _ in kinds]


def most(rows: Sequence[BalanceRow]) -> int:
    """The size that fills half a cell: the largest of the page, at least 3."""
    return max([3, *(size for row in rows for kind in row.balance.kinds for size in (kind.lost, kind.gained))])


def statement(rows: Sequence[BalanceRow]) -> str:
    """The page's title: what stands out, in a sentence."""
    counts = {state: sum(row.state == state for row in rows) for state in ORDER}
    if not rows:
        return "No role changes yet, as far as you may see"
    if counts[UNBALANCED]:
        bare = sum(row.state == UNBALANCED and not row.offers for row in rows)
        if bare == counts[UNBALANCED]:
            return _many(bare, "role loses and is offered nothing", "roles lose and are offered nothing")
        return _many(counts[UNBALANCED], "role loses more than is made good", "roles lose more than is made good")
    if counts[OPEN]:
        return _many(counts[OPEN], "role has an offer to answer", "roles have an offer to answer")
    if counts[UNKNOWN]:
        return _many(
            counts[UNKNOWN], "role has no gain or loss recorded yet", "roles have no gain or loss recorded yet"
        )
    return "What each role loses is made good or agreed"


def _many(count: int, one: str, many: str) -> str:
    return f"{spelled(count).capitalize()} {one if count == 1 else many}"
