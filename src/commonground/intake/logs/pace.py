"""The pace of a behaviour from files: a log of events, the rule of the behaviour, and a sheet of who is in which unit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from commonground.analysis.events import Blocks, Events, Names
from commonground.analysis.pace.figures import Pace
from commonground.analysis.pace.measure import THRESHOLD, measure
from commonground.analysis.pace.observations import NEVER, Followed, Observations, week_of
from commonground.analysis.pace.observe import Observed, joined, observe
from commonground.analysis.pace.rule import KEYS, Match, Rule, RuleError, plain
from commonground.intake.logs.holding import IN_MEMORY, Held, held
from commonground.intake.logs.reading import KeptOut, Options
from commonground.intake.problems import BadInput
from commonground.intake.stays import Stay, Stays, read_stays
from commonground.intake.written import read_toml

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """The pace and how it was read. columns, beside: as `Held`. warnings: sentences. units: the file of units, empty without.

    absent: units of the rule's population in which nobody had an occasion.
    """

    rule: Rule
    pace: Pace
    threshold: int
    columns: Mapping[str, str]
    beside: Mapping[str, tuple[str, ...]]
    warnings: tuple[str, ...]
    units: str
    absent: tuple[str, ...] = ()


def measure_file(  # noqa: PLR0913 - three files and how to read them
    events: Path,
    named: Mapping[str, str],
    behaviour: Path,
    units: Path | None = None,
    *,
    options: Options,
    kept_out: KeptOut,
    threshold: int = THRESHOLD,
    cut_over: str | None = None,
    in_memory: int = IN_MEMORY,
) -> Measured:
    """Measures the behaviour of a rule in a log.

    units: a sheet of stays; without it the log's own units count. Weeks begin in the zone of the options. The clock of a person starts
    at the latest of the log's first week, the cut-over and their first day in the sheet. Raises BadInput for anything that cannot be read.
    """
    if threshold < THRESHOLD:
        raise BadInput(
            f"A threshold of {threshold} people is too low: numbers stand for at least {THRESHOLD}. Give {THRESHOLD} or more."
        )
    rule = read_rule(behaviour)
    day = None if cut_over is None else _day(cut_over)
    stays = None if units is None else read_stays(units)
    warnings: list[str] = list(stays.warnings) if stays else []
    if stays is not None and units is not None:
        _check_population(rule.population, stays.units, units.name)
    with held(events, named, options=options, kept_out=kept_out, in_memory=in_memory) as log:
        if "person" not in log.columns:
            raise BadInput(
                f"{events.name} has no column of persons, so no pace can be told. Name it with --person HEADER."
            )
        observed = _one_each(_observed(log, rule, stays, options.zone, events.name, warnings))
    followed = _followed(observed, stays, log, day, options.zone)
    if not len(observed.observations):
        warnings.append(_nothing(observed))
    pace = measure(
        observed.observations, followed, threshold=threshold, untold=observed.untold,
        outside=observed.outside if observed.outside_people >= threshold else 0,
        cut_overs={} if day is None else {"": week_of(day)}, forecasts=("whole",),
    )  # fmt: skip
    seen = {plain(name) for name in observed.observations.units}
    called = {plain(name): name for name in (*rule.population.unit, *(stays.units if stays else ()))}
    absent = tuple(called[plain(name)] for name in rule.population.unit if plain(name) not in seen)
    return Measured(
        rule, pace, threshold, log.columns, log.beside, tuple(warnings), units.name if units else "", absent
    )


def read_rule(path: Path) -> Rule:
    """The rule of a TOML file. Raises BadInput with a sentence."""
    return read_toml(path, Rule.read, RuleError)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--cut-over {text} is not a day. Write it as year-month-day, such as 2026-11-30.") from None


def _check_population(population: Match, names: Iterable[str], where: str) -> None:
    known = {plain(name): name for name in names}
    for text in population.unit:
        if plain(text) not in known:
            near = _nearest(text, known.values())
            raise BadInput(f"[population] unit names “{text}”, which {where} does not have. {near}")


def _nearest(text: str, names: Iterable[str]) -> str:
    """Which names there are, the nearest first."""
    by_plain = {plain(name): name for name in names}
    near = get_close_matches(plain(text), by_plain, n=3, cutoff=0.3) or sorted(by_plain)[:3]
    if not near:
        return "It has none."
    return "The nearest that it has: " + ", ".join(f"“{by_plain[one]}”" for one in near) + "."


def _observed(log: Held, rule: Rule, stays: Stays | None, zone: str, file: str, warnings: list[str]) -> Observed:
    first, blocks = _peeked(log.blocks)
    if first is None:
        raise BadInput(f"{file} has no events. Give a log with at least one row.")
    _check_words(rule, first.names, log.columns, file, warnings)
    if stays is None:
        if rule.population.unit and "unit" not in log.columns:
            raise BadInput(
                f"{file} has no column of units, so the population cannot be told. Give --units UNITS.csv, or --unit HEADER."
            )
        _check_population(rule.population, first.names.unit, file)
        return observe(blocks, rule, zone=zone)
    known = Stays({log.name_of(person): rows for person, rows in stays.people.items()}, stays.units)
    if not any(name in known.people for name in first.names.person):
        warnings.append(
            f"None of the {len(known.people):,} persons of the sheet of units occurs in {file}: compare how both write them."
        )
    units = known.finder(first.names.person, lambda day: _midnight(day, zone))
    return observe(blocks, rule, zone=zone, units=units, unit_names=lambda: known.units)


def _one_each(observed: Observed) -> Observed:
    """People whose names differ in capitals and spaces alone are one: else four people could be written as eight, and be shown."""
    rows = observed.observations
    first: dict[str, int] = {}
    person = np.array([first.setdefault(plain(name), code) for code, name in enumerate(rows.persons)], np.int32)
    return observed if len(first) == len(person) else observed._replace(observations=joined(rows, person))


def _peeked(blocks: Blocks) -> tuple[Events | None, Iterator[Events]]:
    """The first block that has events, for its names, which all share, and all blocks."""
    rest = iter(blocks)
    first = next((block for block in rest if len(block)), None)

    def again() -> Iterator[Events]:
        if first is not None:
            yield first
        yield from rest

    return first, again()


def _check_words(rule: Rule, names: Names, columns: Mapping[str, str], file: str, warnings: list[str]) -> None:
    """That the log can tell what the rule looks for; texts that do not occur are told, but for occasions that none can be."""
    parts = {"occasion": rule.occasion, "new": rule.new, "old": rule.old}
    for part, match in parts.items():
        for key in KEYS:
            wanted = getattr(match, key)
            if wanted and key not in columns:
                option = f"--{key.replace('_', '-')}"
                raise BadInput(
                    f"[{part}] looks at the {key.replace('_', ' ')}, but {file} has no such column. Name it with {option} HEADER."
                )
            known = {plain(name) for name in getattr(names, key)} if wanted else set()
            absent = [text for text in wanted if plain(text) not in known]
            if part == "occasion" and absent and len(absent) == len(wanted):
                raise BadInput(
                    f"[occasion] {key} “{absent[0]}” does not occur in {file}. {_nearest(absent[0], getattr(names, key))}"
                )
            warnings += [
                f"[{part}] {key} “{text}” does not occur in {file}. {_nearest(text, getattr(names, key))}"
                for text in absent
            ]


def _midnight(day: date, zone: str) -> int:
    moment = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return (moment - EPOCH) // timedelta(microseconds=1)


def _followed(observed: Observed, stays: Stays | None, log: Held, cut_over: date | None, zone: str) -> Followed:
    """When each person's clock starts and when they left."""
    rows: Observations = observed.observations
    first, last = (_week(moment, zone) for moment in (observed.first_time, observed.last_time))
    begin = first if cut_over is None else max(first, week_of(cut_over))
    start = np.full(len(rows.persons), begin, dtype=np.int32)
    left = np.full(len(rows.persons), NEVER, dtype=np.int32)
    known = {} if stays is None else {log.name_of(person): spans for person, spans in stays.people.items()}
    for code, person in enumerate(rows.persons):
        spans: tuple[Stay, ...] = known.get(person, ())
        if spans and spans[0].start is not None:
            start[code] = max(begin, week_of(spans[0].start))
        if spans and spans[-1].end is not None:
            left[code] = week_of(spans[-1].end - timedelta(days=1)) + 1
    return Followed(start, left, last)


def _week(moment: int | None, zone: str) -> int:
    if moment is None:
        return 0
    return week_of((EPOCH + timedelta(microseconds=moment)).astimezone(ZoneInfo(zone)).date())


def _nothing(observed: Observed) -> str:
    if observed.outside:
        return "No occasion is of a person in the population: compare [population] with the units of the persons."
    if observed.untold:
        return "No occasion tells its person: name the column with --person HEADER."
    return "No event is an occasion of the rule: compare [occasion] with the log."
