"""Holds the two rounds of nominations of the demo as real ones are held, and brings its network file."""

from collections.abc import Sequence
from datetime import date
from random import Random

import numpy as np

from commonground.access.actor import OPERATOR
from commonground.access.unordered import random_pk
from commonground.analysis import facts
from commonground.coalition import closing_nominations
from commonground.coalition.ballots import Ballot, Box
from commonground.coalition.models import NetworkFile, Nomination
from commonground.coalition.naming import name
from commonground.coalition.networks import Ties
from commonground.demo import coalition as story
from commonground.demo.load_coalition import Coalition
from commonground.demo.load_organization import BATCH
from commonground.organization.models import Assignment, below

MOST_BALLOTS, NAMED_BY_ONE = 2_000, 3
SAMUEL = "Samuel Adjei"


def load_nominations(on: Coalition, random: Random) -> None:
    """A round that is over and wiped, from which the champions came; one that is open; and who asks whom about supply records."""
    chosen = [row.person for row in on.rows["champions"] if isinstance(row, facts.Champion)]
    opened, ended, used, units, share = story.FIRST_ROUND
    row = _opened(on, opened, ended, units)
    _fill(row, [on.keys.people[person] for person in chosen], share, on.days.on(ended), random)
    closing_nominations.close(row, by=on.lead, at=on.at(ended, 18))
    closing_nominations.selected(row, by=OPERATOR, at=on.at(used, 9))
    _bring(on, random)
    opened, ended, units, share = story.OPEN_ROUND
    row = _opened(on, opened, ended, units)
    samuel = on.keys.named[SAMUEL]
    _fill(row, _asked(row, on.days.today), share, on.days.today, random, but=samuel)
    name(row, samuel, on.keys.named[story.NAMED_BY_SAMUEL], on.days.today)


def _opened(on: Coalition, opened: int, ended: int, units: Sequence[str]) -> Nomination:
    row = Nomination(
        opens_on=on.days.on(opened), closes_on=on.days.on(ended), units=[on.keys.units[unit] for unit in units]
    )
    row = on.program.add(row, by=on.lead, at=on.at(opened - 4))
    row.open(by=on.lead, at=on.at(opened, 7))
    return row


def _asked(row: Nomination, day: date) -> list[int]:
    return sorted(row.people_asked(day).values_list("person", flat=True))


def _fill(
    row: Nomination, named: Sequence[int], share: float, day: date, random: Random, but: int | None = None
) -> None:
    """Some of those who are asked name up to three, each under a pseudonym and sealed; which ones is left to chance."""
    asked = [person for person in _asked(row, day) if person != but]
    box, ballots = Box(row), list[Ballot]()
    for person in random.sample(asked, min(MOST_BALLOTS, round(share * len(asked)))):
        names = set(random.choices(named, k=random.randint(1, NAMED_BY_ONE))) - {person}
        if names:
            who = box.who(person)
            ballots.append(Ballot(pk=random_pk(), nomination=row, who=who, sealed=box.seal(who, sorted(names))))
    Ballot.objects.bulk_create(sorted(ballots, key=lambda one: one.pk), batch_size=BATCH)
    row.share_told(day, len(ballots))


def _bring(on: Coalition, random: Random) -> None:
    """Ties are of chance; a few of those asked are looked to by many, as it is everywhere."""
    brought = on.at(story.NETWORK_BROUGHT, 11)
    units = below(frozenset(on.keys.units[unit] for unit in story.NETWORK_UNITS))
    rows = Assignment.objects.on(brought.date()).filter(unit__in=units)
    people = sorted(set(rows.values_list("person", flat=True)))[: story.NETWORK_PEOPLE]
    weights = [1 / (1 + place) for place in random.sample(range(len(people)), len(people))]
    ties = {
        (source, target)
        for source in range(len(people))
        for target in random.choices(range(len(people)), weights, k=story.NETWORK_EACH)
        if source != target
    }
    sources, targets = np.array(sorted(ties), np.int32).reshape(-1, 2).T
    unmatched_people, unmatched_ties = story.NOT_OF_THE_REGISTER
    row = NetworkFile.objects.look(
        on.program,
        Ties(np.array(people, np.int64), sources, targets),
        **story.NETWORK_FILE,
        agreed_on=on.days.on(story.NETWORK_AGREED),
        expires_on=on.days.on(story.NETWORK_UNTIL),
        unmatched_people=unmatched_people,
        unmatched_ties=unmatched_ties,
        by=on.lead,
        at=brought,
    )
    row.take_over(by=on.lead, at=on.at(story.NETWORK_BROUGHT, 12))
