"""What each role gains and loses by the change, and what is offered in return (LOSS). By role, kind by kind, never summed over kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.analysis.facts import CHANGE_KINDS, DIMINISHING_KINDS, RoleChange
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register


@dataclass(frozen=True)
class KindBalance:
    """One kind of one role: sizes lost and gained (1-3 each change, added within the kind only), offers, and what stays open.

    words: the group's own words where the kind is `other`; each such wording is a kind of its own.
    """

    kind: str
    words: str | None
    lost: int
    gained: int
    offered: tuple[str, ...]
    accepted: bool | None
    unbalanced: bool

    @property
    def label(self) -> str:
        return self.words or self.kind if self.kind == "other" else self.kind


@dataclass(frozen=True)
class RoleBalance:
    """What one role loses and gains, in the order of the kinds."""

    role: str
    kinds: tuple[KindBalance, ...]

    @property
    def unbalanced(self) -> tuple[KindBalance, ...]:
        """Losses with no gain of that kind and no offer that the holders accepted (GLOSSARY)."""
        return tuple(kind for kind in self.kinds if kind.unbalanced)

    @property
    def diminishes(self) -> bool:
        """An unbalanced loss of decisions, budget, people or title (GLOSSARY)."""
        return any(kind.kind in DIMINISHING_KINDS for kind in self.unbalanced)


def balance(register: Register) -> Mapping[str, RoleBalance]:
    """Role → what it loses and gains. A role without a recorded change is not in it."""
    rows: dict[str, dict[tuple[int, str], list[RoleChange]]] = {}
    for change in rows_of(register.facts, "role_changes", RoleChange):
        words = (change.words or "").strip() if change.kind == "other" else ""
        place = CHANGE_KINDS.index(change.kind) if change.kind in CHANGE_KINDS else len(CHANGE_KINDS)
        rows.setdefault(change.role, {}).setdefault((place, words), []).append(change)
    return {
        role: RoleBalance(role, tuple(_kind(kinds[key], key[1]) for key in sorted(kinds)))
        for role, kinds in rows.items()
    }


def _kind(changes: Sequence[RoleChange], words: str) -> KindBalance:
    losses = [change for change in changes if change.size < 0]
    gains = [change for change in changes if change.size > 0]
    answers = [change.accepted for change in losses if change.accepted is not None]
    return KindBalance(
        kind=changes[0].kind,
        words=words or None,
        lost=-sum(change.size for change in losses),
        gained=sum(change.size for change in gains),
        offered=tuple(dict.fromkeys(change.offered for change in losses if change.offered)),
        accepted=all(answers) if answers else None,
        unbalanced=any(not change.accepted and not _made_good(change, gains) for change in losses),
    )


def _made_good(loss: RoleChange, gains: Sequence[RoleChange]) -> bool:
    """Whether a gain of the same kind reaches those who lose: one for all units, or for the unit that loses."""
    return any(gain.unit is None or gain.unit == loss.unit for gain in gains)
