"""Trying a rule on a log before it is saved: what the log calls things, how many events each part of the rule matches, what would come out.

It looks at a sample: the first cases of the store, which is sorted by a hash of the case, so that cases of all times are in it.
Nothing is told of fewer people than the threshold, and counts are rounded, so that two rules that differ little cannot be subtracted.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

import numpy as np
from django.conf import settings
from django.core.cache import cache

from commonground.adoption.one_person import same_people
from commonground.adoption.telling import Telling
from commonground.analysis.events import MISSING, Codes, Events, Mask
from commonground.analysis.pace.observations import Observations, monday
from commonground.analysis.pace.observe import NEW, matching, observe, ways
from commonground.analysis.pace.rule import KEYS, OCCASION, Match, Rule, plain
from commonground.analysis.pace.rule import NEW as NEW_PART
from commonground.analysis.pace.rule import OLD as OLD_PART
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.events.models import Log
from commonground.journal.models import Version

COLUMNS = ("case", "time", "activity", "person", "unit", "product_line", "channel")
SAMPLE, WEEKS, NEAREST, MOST_HELD = 200_000, 8, 3, 16
FINE = 2  # digits of shares, in pictures too: finer ones would give counts away that are rounded
State = tuple[int | str, ...]


class Named(NamedTuple):
    """What a log calls an activity, channel, unit or product line. events: in the sample; None: of too few people to be told."""

    name: str
    events: int | None


class Clause(NamedTuple):
    """One part of a rule on the sample. events: that it matches; None: of too few people. nearest: a text it looks for that the log does
    not know → names of the log that are like it."""

    part: str
    events: int | None
    nearest: tuple[tuple[str, tuple[str, ...]], ...]


class Shares(NamedTuple):
    """One week of the sample: how many occasions (rounded) and what became of them; None where too few people stand behind it."""

    week: str
    n: int | None
    new: float | None = None
    old: float | None = None
    neither: float | None = None

    @property
    def parts(self) -> list[tuple[str, float, str]]:
        """For the strip that draws it."""
        return [("new", self.new or 0, "new"), ("old", self.old or 0, "old"), ("neither", self.neither or 0, "rest")]


class Tried(NamedTuple):
    """What a rule makes of the sample. people: who had an occasion; None and no other figure where they are fewer than the threshold.

    new, old, neither, both (they show both ways, and count as new): shares of the occasions. untold: the share of all occasions that
    nobody is told for; outside: of people it is not for, None where these are few. read: events looked at, of all. hidden: units with
    fewer people than the threshold, left out; few: texts of the rule that the events of so few people bear, left out as well: else two
    rules could be subtracted to see these alone.
    """

    read: int
    of: int
    threshold: int
    clauses: tuple[Clause, ...]
    people: int | None = None
    occasions: int | None = None
    new: float | None = None
    old: float | None = None
    neither: float | None = None
    both: float | None = None
    untold: float | None = None
    outside: float | None = None
    weeks: tuple[Shares, ...] = ()
    hidden: int = 0
    few: tuple[str, ...] = ()


def about(count: int) -> int:
    """A count as it may be told of a rule that anybody can change a little: two figures that count, never finer than ten."""
    step: int = 10 ** max(1, len(str(count)) - 2)
    return (count + step // 2) // step * step


def names_of(log: Log) -> dict[str, tuple[Named, ...]]:
    """Key of a match → what the log calls things, the most frequent first. Units that too few people stand for are not named: what a log
    says of a unit may be a person's name. Kept for each state of the store."""
    key = f"adoption.names.{log.pk}.{log.generation}.{threshold_of(PACE)}"
    found: dict[str, tuple[Named, ...]] | None = cache.get(key)
    if found is None:
        found = _names(_sample(log), threshold_of(PACE))
        cache.set(key, found, 24 * 3600)
    return found


_samples: dict[State, list[Events]] = {}


def _sample(log: Log) -> list[Events]:
    """Whole cases of the first block of the store, about SAMPLE events. Those of the log that was asked for last are kept."""
    if not log.generation:
        return []
    key = _state(log)
    if key not in _samples:
        found = [_cut(block) for block in islice(log.store().blocks(COLUMNS), 1)]
        _samples.clear()
        _samples[key] = found
    return _samples[key]


def _state(log: Log) -> State:
    """What holds in the store: places are never used again, unlike numbers of a database that was made anew."""
    standing = log.store().standing()
    return (standing.generation, *standing.places)


def _cut(block: Events) -> Events:
    """The first cases of a block, up to the one that begins after SAMPLE events."""
    begins = np.flatnonzero(block.first_of_case())
    later = begins[begins >= SAMPLE]
    return block if not len(later) else block.only(np.arange(len(block)) < later[0])


def _names(blocks: Sequence[Events], threshold: int) -> dict[str, tuple[Named, ...]]:
    return {key: _named(blocks, key, threshold) for key in KEYS}


def _named(blocks: Sequence[Events], key: str, threshold: int) -> tuple[Named, ...]:
    if not blocks:
        return ()
    names: tuple[str, ...] = getattr(blocks[0].names, key)
    codes = np.concatenate([getattr(block, key) for block in blocks])
    person = np.concatenate([block.person for block in blocks])
    known = codes != MISSING
    events = np.bincount(codes[known], minlength=len(names))
    told = known & (person != MISSING)
    pairs = np.unique(codes[told].astype(np.int64) << 32 | person[told])
    people = np.bincount(pairs >> 32, minlength=len(names))
    found = [
        Named(names[code], about(int(events[code])) if people[code] >= threshold else None)
        for code in np.argsort(-events, kind="stable")
        if key != "unit" or people[code] >= threshold
    ]
    return tuple(found)


_answers: dict[tuple[Rule, State, int], Tried] = {}


def tried(rule: Rule, log: Log) -> Tried:
    """What the rule makes of the sample. The last answers are kept. Raises LogError when the log cannot be read."""
    if not log.generation:
        return _tried(rule, log)
    key = (rule, _seen(log), threshold_of(PACE))
    found = _answers.get(key)
    if found is None:
        found = _tried(rule, log)
        if len(_answers) >= MOST_HELD:
            _answers.clear()
        _answers[key] = found
    return found


def _tried(rule: Rule, log: Log) -> Tried:
    blocks, threshold = _sample(log), threshold_of(PACE)
    read = sum(len(block) for block in blocks)
    if not blocks:
        return Tried(0, log.events, threshold, ())
    said = rule
    rule, few = _without_few(rule, log)
    clauses = tuple(_clause(part, match, getattr(rule, part), blocks, log, threshold) for part, match in _parts(said))
    base = Tried(read, log.events, threshold, clauses, few=few)
    if not rule.occasion or not (rule.new or rule.old):
        return base
    codes, units = _units(log, blocks[0])
    inside = _inside(rule, log, blocks[0])
    seen = observe(
        blocks, rule, zone=settings.TIME_ZONE, units=lambda _: codes, unit_names=lambda: units, inside=inside
    )
    telling, spelled = _telling(log), seen.observations.persons
    rows, hidden = _large(same_people(seen.observations, telling.persons_of(spelled) if telling else {}), threshold)
    occasions = int(rows.occasions.sum())
    if len(rows.persons) < threshold:
        return base
    new, old, neither = (round(int(getattr(rows, name).sum()) / occasions, FINE) for name in ("new", "old", "neither"))
    every = seen.untold + seen.outside + occasions
    return base._replace(
        people=max(threshold, about(len(rows.persons))),
        occasions=about(occasions),
        new=new,
        old=old,
        neither=neither,
        both=_both(blocks, rule),
        hidden=hidden,
        untold=round(seen.untold / every, FINE),
        outside=round(seen.outside / every, FINE) if seen.outside_people >= threshold else None,
        weeks=_weeks(rows, threshold),
    )


def _without_few(rule: Rule, log: Log) -> tuple[Rule, tuple[str, ...]]:
    """The rule without texts that the events of too few people bear, and these texts."""
    names = names_of(log)
    shown = {key: {plain(one.name) for one in names[key] if one.events is not None} for key in KEYS}
    known = {key: {plain(name) for name in getattr(_sample(log)[0].names, key)} for key in KEYS}
    few: list[str] = []

    def kept(match: Match) -> Match:
        left: dict[str, tuple[str, ...]] = {}
        for key in KEYS:
            texts = getattr(match, key)
            small = [text for text in texts if plain(text) in known[key] - shown[key]]
            few.extend(small)
            left[key] = tuple(text for text in texts if text not in small)
            if texts and not left[key]:
                return Match()
        return Match(**left)

    left = replace(rule, occasion=kept(rule.occasion), new=kept(rule.new), old=kept(rule.old))
    return left, tuple(dict.fromkeys(few))


def _large(rows: Observations, threshold: int) -> tuple[Observations, int]:
    """The rows of units that enough people stand behind, those without a unit being one; how many units were left out."""
    unit = rows.unit.astype(np.int64) + 1
    pairs = np.unique(unit << 32 | rows.person)
    people = np.bincount(pairs >> 32, minlength=len(rows.units) + 1)
    small = (people > 0) & (people < threshold)
    return rows.only(~small[unit]), int(small.sum())


_tellings: dict[State, Telling | None] = {}
_told: dict[State, tuple[Codes, tuple[str, ...]]] = {}


def _seen(log: Log) -> State:
    """What holds in the store and in the organization."""
    versions = Version.objects.now()
    return (*_state(log), versions.get("people", 0), versions.get("units", 0))


def _telling(log: Log) -> Telling | None:
    """The organization as the log needs it. The last one is kept: reading it is the dear part, 3 s with 100,000 people."""
    key = _seen(log)
    found = _tellings.get(key)
    if found is None:
        found = Telling.of(log)
        for kept in (_tellings, _told, _held):
            kept.clear()
        _tellings[key] = found
    return found


def _units(log: Log, block: Events) -> tuple[Codes, tuple[str, ...]]:
    """The business unit of each event of the sample, and what the codes mean. The last answer is kept."""
    key, telling = _seen(log), _telling(log)
    found = _told.get(key)
    if found is None:
        found = (telling.business_units(block), telling.places.units) if telling else (block.unit, block.names.unit)
        _told[key] = found
    return found


def _parts(rule: Rule) -> list[tuple[str, Match]]:
    return [(part, match) for part in (OCCASION, NEW_PART, OLD_PART) if (match := getattr(rule, part))]


def _clause(part: str, said: Match, match: Match, blocks: Sequence[Events], log: Log, threshold: int) -> Clause:
    """match: what is said, without what too few people do; empty where nothing is left of it."""
    if not match:
        return Clause(part, None, _nearest(said, blocks[0], log))
    hits = [matching(block, match) for block in blocks]
    events = sum(int(hit.sum()) for hit in hits)
    who = np.concatenate([block.person[hit] for block, hit in zip(blocks, hits, strict=True)])
    few = events > 0 and len(np.unique(who[who != MISSING])) < threshold
    return Clause(part, None if few else 0 if not events else about(events), _nearest(said, blocks[0], log))


def _nearest(match: Match, block: Events, log: Log) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Texts that no event of the log has, each with names that are like it."""
    found = []
    for key in KEYS:
        known = {plain(name) for name in getattr(block.names, key)}
        missing = [text for text in getattr(match, key) if plain(text) not in known]
        offered = {plain(one.name): one.name for one in names_of(log)[key]} if missing else {}
        for text in missing:
            near = get_close_matches(plain(text), list(offered), n=NEAREST, cutoff=0.5)
            inside = [name for name in offered if plain(text) in name or name in plain(text)]
            found.append((text, tuple(offered[name] for name in dict.fromkeys([*near, *inside]))[:NEAREST]))
    return tuple(found)


def _both(blocks: Sequence[Events], rule: Rule) -> float | None:
    """The share of occasions that show the old way as well as the new, which counts. None without one of the two."""
    if not rule.new or not rule.old:
        return None
    turned = Rule(rule.name, rule.occasion, rule.old, rule.new, rule.population, rule.old_within, rule.new_within)
    both = n = 0
    for block in blocks:
        places = np.flatnonzero(matching(block, rule.occasion))
        both += int(((ways(block, places, rule) == NEW) & (ways(block, places, turned) == NEW)).sum())
        n += len(places)
    return round(both / n, FINE) if n else None


def _weeks(rows: Observations, threshold: int) -> tuple[Shares, ...]:
    """The newest weeks, the last one first; a week of too few people tells nothing."""
    found = []
    last = int(rows.week.max())
    for week in range(last, max(last - WEEKS, int(rows.week.min()) - 1), -1):
        here = rows.only(rows.week == week)
        if len(np.unique(here.person)) < threshold:
            found.append(Shares(monday(week).isoformat(), None))
            continue
        n = int(here.occasions.sum())
        shares = (round(int(getattr(here, name).sum()) / n, FINE) for name in ("new", "old", "neither"))
        found.append(Shares(monday(week).isoformat(), about(n), *shares))
    return tuple(found)


_held: dict[tuple[State, tuple[str, ...]], Mask] = {}


def _inside(rule: Rule, log: Log, block: Events) -> Callable[[Events], Mask] | None:
    """Whether events of the sample are of the rule's units. Some answers are kept."""
    units = rule.population.unit
    if not units:
        return None
    telling, key = _telling(log), (_seen(log), units)
    mask = _held.get(key)
    if mask is None:
        inside = telling.inside(units) if telling is not None else None
        if inside is None:
            return None
        if len(_held) >= MOST_HELD:
            _held.clear()
        mask = _held[key] = inside(block)
    return lambda _: mask
