"""LOSS: what each role and unit gains and loses, and what is offered in return. By role, never a score of a person."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.balance import KindBalance, balance
from commonground.analysis.facts import Perception, RoleChange
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import loss as remedies
from commonground.guidance.guidelines.wording import counted, listed, place_of_role, week

SOURCE = (
    "Practice LOSS: people protect an area of perceived value, so what each role loses is named and something is offered in return. "
    "Evidence: Brown, Lawrence & Robinson 2005, AMR 30(3):577-594."
)
WORDS = {
    "decisions": "decisions",
    "budget": "budget",
    "people": "people led",
    "information": "information",
    "customers": "contact with customers",
    "title": "title and visibility",
    "asked": "being the one who is asked",
    "craft": "craft",
    "belonging": "belonging",
}


def named(kind: KindBalance) -> str:
    return WORDS.get(kind.label, kind.label)


@guideline(
    "LOSS-01",
    "What a role loses is made good in kind, or by an offer that its holders accepted.",
    severity="warn",
    why="What people built has value; to see it and to offer something for it is fair, and it frees them to look ahead.",
    source=SOURCE,
    do="Offer something in return, work it out with the holders, and recognise what was built.",
    needs=("role_changes",),
    also_reads=("roles", "people", "units"),
    remedy=remedies.offer_and_agree,
)
def unbalanced_role(register: Register, parameters: Parameters) -> Iterator[Found]:
    for role, change in balance(register).items():
        if change.unbalanced:
            lost = listed((named(kind) for kind in change.unbalanced), 10)
            offered = [kind for kind in change.unbalanced if kind.offered]
            state = "an offer stands and is not accepted yet" if offered else "nothing is offered in return yet"
            yield Found(
                Subject("role", role),
                f"The role {register.organization.role_name(role)} loses {lost}, and {state}",
                place_of_role(register, role),
                "; ".join(_line(kind) for kind in change.unbalanced) + "; from role_changes",
            )


def _line(kind: KindBalance) -> str:
    offer = f"offered: {listed(kind.offered)}, not accepted" if kind.offered else "no offer"
    return (
        f"{named(kind)} -{kind.lost}, {f'+{kind.gained} elsewhere' if kind.gained else 'no gain of that kind'}, {offer}"
    )


@guideline(
    "LOSS-02",
    "A loss that is felt and said gets a response.",
    severity="warn",
    why="To say what one loses takes courage; silence afterwards is heard as an answer.",
    source=SOURCE + " Roles with fewer than 10 holders are told of together.",
    do="Have a talk in private; whoever was chosen for it responds, and notes the day alone.",
    needs=("perceptions",),
    also_reads=("roles", "people", "units"),
    remedy=remedies.respond,
)
def no_response(register: Register, parameters: Parameters) -> Iterator[Found]:
    """By roles of many holders, the rest by the program; how many there are is never told."""
    day, fewest = register.facts.as_of, register.voices.threshold
    found: dict[str | None, date] = {}
    for row in rows_of(register.facts, "perceptions", Perception):
        if row.raised > day or (row.answered is not None and row.answered <= day):
            continue
        many = row.role is not None and len(register.organization.holders.get(row.role, ())) >= fewest
        role = row.role if many else None
        found[role] = min(row.raised, found.get(role, row.raised))
    for role, oldest in found.items():
        told = f"since the week of {week(oldest)}"
        if role:
            yield Found(
                Subject("role", role),
                f"A loss that is felt in the role {register.organization.role_name(role)} waits for a response {told}",
                place_of_role(register, role),
                f"perceptions: not answered, the oldest {told}; what was said is nobody else’s",
            )
        else:
            yield Found(
                Subject("perceptions", "all"),
                f"A loss that is felt waits for a response {told}",
                "the whole program",
                f"perceptions: not answered, the oldest {told}; of roles with fewer than {fewest} holders no more is told",
            )


@guideline(
    "LOSS-03",
    "No unit loses in many changes at once.",
    severity="warn",
    why="Each loss asks for time and a talk; several at once leave a unit room for neither.",
    source=SOURCE,
    do="Put the changes one after the other, or balance them within the unit.",
    needs=("role_changes",),
    also_reads=("roles", "people", "units"),
    parameters={"changes": 3, "within_days": 180},
    remedy=remedies.one_after_the_other,
)
def many_losses_at_once(register: Register, parameters: Parameters) -> Iterator[Found]:
    """One change is one effective date of one role. Changes without a date may fall together with any."""
    for unit, changes in _losses(register).items():
        together = _together(sorted(changes, key=lambda one: (one[1] or date.min, one[0])), parameters["within_days"])
        if len(together) >= parameters["changes"]:
            roles = listed((register.organization.role_name(role) for role, _ in together), 6)
            name = register.organization.unit_name(unit)
            yield Found(
                Subject("unit", unit),
                f"{name} loses in {counted(len(together), 'change')} at once",
                name,
                f"Changes with a loss within {parameters['within_days']:.0f} days: {roles}; from role_changes",
            )


def _losses(register: Register) -> dict[str, set[tuple[str, date | None]]]:
    """Business unit → the changes (role, effective date) in which it loses: where the row says, else where the holders work."""
    organization = register.organization
    found: dict[str, set[tuple[str, date | None]]] = {}
    for change in rows_of(register.facts, "role_changes", RoleChange):
        if change.size >= 0:
            continue
        holders = organization.holders.get(change.role, ())
        units = (
            {organization.business_unit(change.unit)}
            if change.unit
            else {organization.business_unit_of.get(person) for person in holders}
        )
        for unit in units - {None}:
            found.setdefault(str(unit), set()).add((change.role, change.effective))
    return found


def _together(changes: Sequence[tuple[str, date | None]], days: float) -> list[tuple[str, date | None]]:
    """The most changes that fall within one window of days, with the undated ones."""
    undated = [change for change in changes if change[1] is None]
    dated = [(role, day) for role, day in changes if day is not None]
    best: list[tuple[str, date | None]] = []
    first = 0
    for last, (_, day) in enumerate(dated):
        while day - dated[first][1] > timedelta(days=days):
            first += 1
        if last - first + 1 > len(best):
            best = list(dated[first : last + 1])
    return undated + best
