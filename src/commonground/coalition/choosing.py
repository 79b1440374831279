"""Reckons a choice of champions, and says of it what can be told without a tie: numbers of people in steps of five, and how good it is.

From a round of nominations only those can be chosen who were named often enough to be told of, and none of them is counted among the
people reached: of two choices that differ by one person the counts would otherwise tell whom this person named.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.coalition.covering import CannotCoverError, Choice, choose
from commonground.analysis.coalition.namings import SHARE, STEP, about, flow
from commonground.analysis.coalition.network import Network, TooLargeError
from commonground.coalition.ballots import Box, NoKeyError
from commonground.coalition.naming import OptOut
from commonground.coalition.nominations import Candidate, Nomination
from commonground.coalition.selections import Selection
from commonground.coalition.spreading import good_under_all, in_words
from commonground.organization.models import Assignment, RolePeriod
from commonground.programs.register import CannotError
from commonground.ui.words import percent, plural
from commonground.voice.where import Places, places_on

Say = Callable[[str], None]
FEW = 3  # champions: of fewer, what all reach is told only where it tells of no more than half of the people


@dataclass(frozen=True)
class Ground:
    """What a choice is made from. network: ids are those of people, each reaches whom they explain things to. can: who may be chosen.

    counted: who counts as reached. could: how many could be reached by each at the most. places: the unit and level of each, None: unknown.
    """

    network: Network
    people: Sequence[int]
    can: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    could: NDArray[np.int64]
    places: Mapping[str, Sequence[str | None]]


def ground_of(row: Selection, day: date) -> Ground:
    """Reads the ties of a selection's source. Raises CannotError when they are deleted, or nobody may be chosen."""
    source = row.source
    found = _from_round(source, day) if isinstance(source, Nomination) else _from_file(row, day)
    if not found.can.any():
        raise CannotError("Nobody can be chosen from it: nobody stands in it who works here and may be asked.")
    return found


def _from_round(row: Nomination, day: date) -> Ground:
    try:
        named = Box(row).all()
    except NoKeyError as gone:
        raise CannotError(str(gone)) from gone
    candidates = set(Candidate.objects.filter(nomination=row).values_list("person", flat=True))
    asked = dict(row.people_asked(max(row.last_day, row.opens_on)).values_list("person", "manager"))
    people = _in_no_order({*asked, *named, *candidates}, named, candidates, day)
    at = {pk: place for place, pk in enumerate(people)}
    ties = [
        (at[colleague], at[person])
        for person, colleagues in named.items()
        if person not in candidates  # see the head of this file
        for colleague in colleagues
        if colleague in at
    ]
    ends = np.array(ties, np.int64).reshape(-1, 2)
    can = np.array([pk in candidates for pk in people], bool)
    reports = np.bincount([at[pk] for pk in asked.values() if pk in at], minlength=len(people))
    inside = np.array([pk in asked for pk in people], bool)
    network = Network.from_edges([str(pk) for pk in people], ends[:, 0], ends[:, 1])
    return Ground(network, people, can, ~can & inside, len(asked) - inside - reports, _places(people, day))


def _in_no_order(people: set[int], named: Mapping[int, frozenset[int]], candidates: set[int], day: date) -> list[int]:
    """Those who can be chosen, then the others by what they named, unit and level, not by who they are: what chance draws in the order of
    people would otherwise differ with who named whom."""
    places = _places(sorted(people), day)
    where = dict(zip(sorted(people), zip(places["unit"], places["level"], strict=True), strict=True))

    def pattern(person: int) -> tuple[list[int], str, int]:
        return sorted(named.get(person, frozenset()) & candidates), str(where[person]), person

    return [*sorted(candidates), *sorted(people - candidates, key=pattern)]


def _from_file(row: Selection, day: date) -> Ground:
    assert row.network is not None  # noqa: S101 - only asked for where there is no round
    ties = row.network.read()
    people = [int(pk) for pk in ties.people.tolist()]
    gone = set(OptOut.objects.values_list("person", flat=True))
    here = set(Assignment.objects.on(day).values_list("person", flat=True)) - gone
    can = np.array([pk in here for pk in people], bool)
    size = len(people)
    return Ground(
        ties.network(), people, can, np.ones(size, bool), np.full(size, max(0, size - 1)), _places(people, day)
    )


def _places(people: Sequence[int], day: date) -> dict[str, list[str | None]]:
    """The unit by which things are told of each (`voice.where`) and their level."""
    told: Places = places_on(day)
    levels = dict(RolePeriod.objects.on(day).values_list("role", "level__name"))
    rows = {
        person: (told.name(unit) or None, levels.get(role) or level)
        for person, unit, role, level in Assignment.objects.on(day).values_list("person", "unit", "role", "level__name")
    }
    units, ranks = zip(*(rows.get(pk, (None, None)) for pk in people), strict=True) if people else ((), ())
    return {"unit": list(units), "level": list(ranks)}


def reckon(row: Selection, day: date, say: Say) -> tuple[list[int], dict[str, Any]]:
    """The people chosen, and the result as the page shows it. say: told how far it is. Raises CannotError with a sentence."""
    say("Reading who explains things to whom")
    ground = ground_of(row, day)
    count, steps = min(int(row.options["count"]), int(ground.can.sum())), int(row.options["steps"])
    columns, missing = _demanded(ground, row.options.get("cover", ()))
    say(f"Choosing {count} of {int(ground.can.sum()):,}")
    try:
        choice = choose(
            ground.network,
            count,
            cover=columns,
            weight=ground.counted.astype(float),
            candidates=ground.can,
            steps=steps,
        )
    except CannotCoverError as refused:
        raise CannotError(_cannot(refused, count)) from refused
    except TooLargeError as large:
        raise CannotError(str(large)) from large
    under = None
    if row.options.get("spread"):
        choice, under = good_under_all(ground.network, choice, steps, ground.can, ground.counted, columns, say)
    said = told(ground, choice, steps)
    result = {
        **said,
        "count": count,
        "could": int(ground.can.sum()),
        "steps": steps,
        "missing": missing,
        "spread": in_words(under, steps, said["reached"]) if under is not None else {},
        "from_round": row.nomination_id is not None,
    }
    return [ground.people[at] for at in choice.champions], result


def _demanded(ground: Ground, names: Sequence[str]) -> tuple[list[list[str | None]], list[str]]:
    """The columns to be covered, without what nobody has who may be chosen; and what that is, in words."""
    columns: list[list[str | None]] = []
    missing: list[str] = []
    for name in names:
        values = ground.places[name]
        there = {value for value, can in zip(values, ground.can, strict=True) if can}
        columns.append([value if value in there else None for value in values])
        missing += sorted({value for value in values if value is not None} - there)
    return columns, missing


def _cannot(refused: CannotCoverError, count: int) -> str:
    if refused.least is None:
        return "What is to be covered cannot be: nobody who may be chosen belongs to some of it. Leave that out."
    return f"{plural(count, 'champion')} cannot cover all that was asked; it takes at least {refused.least}. Choose more, or cover less."


def told(ground: Ground, choice: Choice, steps: int) -> dict[str, Any]:
    """What is said of a choice: of each chosen person and of the whole. Never a number that tells of more than half of those it could."""
    reach = ground.network.reach(steps)
    hit = np.zeros(len(ground.people), np.int64)
    for at in choice.champions:
        hit[reach[at]] += 1
    people = []
    for at in choice.champions:
        mine = reach[at]
        mine = mine[ground.counted[mine] & (mine != at)]
        people.append(
            {"person": ground.people[at], "why": why(len(mine), int((hit[mine] == 1).sum()), int(ground.could[at]))}
        )
    whole, of = int((hit[ground.counted] > 0).sum()), int(ground.counted.sum())
    tellable = len(choice.champions) >= FEW or SHARE * whole <= of
    return {
        "people": people,
        "reached": about(whole) if tellable else "",
        "share": percent(STEP * round(whole / STEP) / of) if tellable and of >= 2 * STEP and whole >= STEP else "",
        "of": of,
        "certificate": certificate(choice, len(choice.champions)),
    }


def why(reached: int, alone: int, could: int) -> str:
    """Why somebody is proposed, in words that tell no tie."""
    if SHARE * reached > could:
        return "reaches many of the people around them"
    words = f"reaches {about(reached)} people"
    return f"{words}, {about(alone)} of them nobody else here reaches" if reached >= STEP else words


def certificate(choice: Choice, count: int) -> str:
    """How good a choice is, in a sentence."""
    if choice.proven_optimal:
        return f"Proven: no choice of {count} reaches more."
    return f"At most {max(choice.gap, 0.001) * 100:.1f} % below the best possible choice of {count}."


def flows(row: Selection, day: date) -> list[dict[str, Any]]:
    """The picture of a network: how many ties run from unit to unit, in steps of five, only where enough people are behind both ends.

    From the unit of those who look to somebody to the unit of those they look to. Never a person, and no row where little is behind it.
    """
    ground = ground_of(row, day)
    return unit_flows(ground)


def unit_flows(ground: Ground) -> list[dict[str, Any]]:
    sources = np.repeat(np.arange(len(ground.people)), np.diff(ground.network.offsets))
    targets = ground.network.targets.astype(np.int64)
    names = sorted({unit for unit in ground.places["unit"] if unit is not None})
    place = {name: number for number, name in enumerate(names)}
    of = np.array([-1 if unit is None else place[unit] for unit in ground.places["unit"]], np.int64)
    asked = np.bincount(of[(of >= 0) & ground.counted], minlength=len(names))
    inside = (of[sources] >= 0) & (of[targets] >= 0)
    sources, targets = sources[inside], targets[inside]
    pairs = of[targets] * len(names) + of[sources]
    ties, lookers, looked_to = (_different(pairs, ends, len(of)) for ends in (None, targets, sources))
    found = []
    for pair, count in ties.items():
        here, there = divmod(pair, len(names))
        shown = flow(count, lookers[pair], looked_to[pair], int(asked[here]))
        if shown is not None:
            found.append({"from": names[here], "to": names[there], "ties": shown})
    return sorted(found, key=lambda one: (-one["ties"], one["from"], one["to"]))


def _different(pairs: NDArray[np.int64], ends: NDArray[np.int64] | None, wide: int) -> dict[int, int]:
    """For each pair of units how many ties there are, or how many different people stand at their one end."""
    kept = pairs if ends is None else np.unique(pairs * wide + ends) // wide
    keys, counts = np.unique(kept, return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))
