"""The three teams that a program's composer proposes: composed from the stored ground and the saved choice, and stored with it.

On a ground of few kinds of people a page composes them itself; on a large one a task does.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from commonground.analysis.coalition.composing import SECONDS, Seat, Team, compose, explained
from commonground.analysis.coalition.gaps import Gap, Near
from commonground.analysis.coalition.ground import Ground, places_of, read
from commonground.coalition.models import Composition, Member
from commonground.guidance.checking import FEW
from commonground.guidance.models import Result
from commonground.organization.models import Person
from commonground.programs.models import Program

FUNCTION = "team_proposals"
QUICK = 700  # kinds of people, up to which a page composes the teams itself
PATIENCE = timedelta(minutes=2)  # after which a task that never answered is asked for again
SAID_NO = "said no to the team"


@dataclass(frozen=True)
class Choice:
    """Who must be on it and who must not, by key, the latter with the reason. asked: those of the fixed who are asked or on it."""

    fixed: tuple[str, ...]
    forbidden: Mapping[str, str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Proposals:
    """key: of the ground and the choice that they were composed from. teams: small, usual, large; none while a task composes them."""

    key: str
    teams: tuple[Team, ...]
    day: date


def choice_of(composition: Composition, day: date) -> Choice:
    """What was saved, with those who are asked or on the team fixed and those who said no left off."""
    members = Member.objects.on(day).filter(program=composition.program)
    rows = list(members.values_list("person__key", "consent"))
    wishes = list(composition.wishes.select_related("person")) if composition.pk else []
    asked = frozenset(person for person, consent in rows if consent is not False)
    forbidden = {person: SAID_NO for person, consent in rows if consent is False and person not in asked}
    forbidden |= {wish.person.key: wish.why for wish in wishes if not wish.on and wish.person.key not in asked}
    fixed = asked | {wish.person.key for wish in wishes if wish.on and wish.person.key not in forbidden}
    return Choice(tuple(sorted(fixed)), forbidden, asked)


def shown_by(teams: Sequence[Team]) -> str:
    """Names what the teams propose by their people alone: when and of what it was made may tell of plans that the reader does not see."""
    said = [[team.size, *sorted(seat.person for seat in team.seats)] for team in teams]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def key_of(ground: Result, choice: Choice) -> str:
    """Names a ground and a choice: other proposals are out of date. Never on a page: see `shown_by`."""
    said = [ground.pk, ground.made_at.isoformat(), list(choice.fixed), sorted(choice.forbidden.items())]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def proposals(ground: Result, choice: Choice, at: datetime) -> tuple[Proposals, bool]:
    """The proposals on a ground, and whether a task has to be asked for them. at: now."""
    key = key_of(ground, choice)
    row = Result.objects.filter(program=ground.program_id, function=FUNCTION, view=ground.view).first()
    if row is not None and row.looked_at.get("key") == key:
        return Proposals(key, tuple(_team(one) for one in row.data["teams"]), row.day), False
    if not Person.objects.order_by("pk")[FEW : FEW + 1].exists() and len(ground.data["kinds"]) <= QUICK:
        return composed(ground, choice, at), False
    waiting = row is not None and row.looked_at.get("asked") == key
    since = datetime.fromisoformat(row.looked_at["asked_at"]) if row is not None and waiting else None
    if since is not None and since > at - PATIENCE:
        return Proposals(key, (), ground.day), False
    _store(ground, {"asked": key, "asked_at": at.isoformat()}, {"teams": []}, at)
    return Proposals(key, (), ground.day), True


def composed(ground: Result, choice: Choice, at: datetime, seconds: float = SECONDS) -> Proposals:
    """Composes the teams and stores them. seconds: for each size, about."""
    key = key_of(ground, choice)
    teams = compose(read(ground.data), fixed=choice.fixed, forbidden=choice.forbidden, seconds=seconds)
    _store(ground, {"key": key}, {"teams": [asdict(team) for team in teams]}, at)
    return Proposals(key, teams, ground.day)


def _store(ground: Result, looked_at: dict[str, Any], data: dict[str, Any], at: datetime) -> None:
    values = {"looked_at": looked_at, "data": data, "day": ground.day, "made_at": at}
    Result.objects.update_or_create(program_id=ground.program_id, function=FUNCTION, view=ground.view, defaults=values)


def _team(data: Mapping[str, Any]) -> Team:
    seats = tuple(Seat(**{**seat, "why": tuple(seat["why"]), "only": tuple(seat["only"])}) for seat in data["seats"])
    gaps = tuple(Gap(**{**gap, "nearest": tuple(Near(**near) for near in gap["nearest"])}) for gap in data["gaps"])
    return Team(**{**data, "seats": seats, "gaps": gaps, "strangers": tuple(data["strangers"])})


def told_words(program: Program, people: Sequence[str]) -> dict[str, list[str]]:
    """Person → what they would stand for as far as it has been told: words that they may read, whoever asks them."""
    row = Result.objects.filter(program=program, function="team_ground", view="told").first()
    if row is None:
        return {}
    ground: Ground = read(row.data)
    places = places_of(ground, people)
    seats = explained(ground, [(person, ground.kinds[place]) for person, place in places.items()])
    return {
        seat.person: [one for one in seat.why if not one.startswith(("has ", "their manager", "comes from"))]
        for seat in seats
    }
