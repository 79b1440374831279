"""Which header of a log means which of our columns: by its words, held against the values below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from commonground.intake.headers import plain
from commonground.intake.logs import times, words
from commonground.intake.logs.look import COLUMNS, NEEDED
from commonground.intake.problems import BadInput

Samples = Mapping[str, Sequence[str]]
OF_CASE: Final = "case:"  # how tools write what belongs to a case and not to one of its events
OF_CASES: Final = ("product_line", "channel")  # columns that may be told once for a case
_COUNTERS: Final = frozenset({"id", "number", "key", "nr", "no"})


@dataclass(frozen=True, slots=True)
class Meanings:
    """found: our column → header. beside: our column → further headers that would do, the best first."""

    found: Mapping[str, str]
    beside: Mapping[str, tuple[str, ...]]

    @property
    def open_questions(self) -> tuple[str, ...]:
        return tuple(column for column in NEEDED if column not in self.found)


def find(headers: Sequence[str], samples: Samples) -> Meanings:
    """What the headers of a log mean.

    samples: header → values below it, in the order of the file, repeats and missing ones included ("" where missing). Standard names
    win, then sure words, then likely ones; a header means one column at most. A column of times must hold times.
    """
    found: dict[str, str] = {}

    def free() -> list[str]:
        return [header for header in headers if header and header not in found.values()]

    for tier in words.TIERS:
        for column in COLUMNS:
            if column not in found:
                found.update(_named(column, _matches(column, tier, free(), samples)))
    if "time" not in found:
        found.update(_named("time", _only_times(free(), samples)))
    if "time" not in found:  # named as one, though its values are no times that are known: the reader says so
        found.update(_named("time", [header for tier in words.TIERS for header in _matches("time", tier, free(), {})]))
    if "case" not in found:
        found.update(_named("case", _only_repeating_id(free(), samples)))
    beside = {column: tuple(_matches(column, "sure", free(), samples)) for column in found}
    return Meanings(
        {column: found[column] for column in COLUMNS if column in found},
        {column: others for column, others in beside.items() if others},
    )


def named(headers: Sequence[str], mapping: Mapping[str, str], file: str) -> dict[str, str]:
    """A mapping of our columns as the headers stand in the file; headers are matched exactly, else without case and punctuation.

    Raises BadInput when a header is not in the file, two columns are to come from one header, or a needed column is without.
    """
    wanted = {column: header for column, header in mapping.items() if header}
    chosen = {column: _in_file(header, headers, column, file) for column, header in wanted.items()}
    for column, header in chosen.items():
        twins = [other for other, its in chosen.items() if its == header and {column, other} <= set(NEEDED)]
        if len(twins) > 1:
            raise BadInput(f"{file}: {twins[0]} and {twins[1]} cannot both be the column {header}. Name two columns.")
    demand(chosen, headers, file)
    return chosen


def demand(found: Mapping[str, str], headers: Sequence[str], file: str) -> None:
    """Raises BadInput when no header means case, activity or time: it says the headers there are and how to name one."""
    lacking = [column for column in NEEDED if column not in found]
    if not lacking:
        return
    there = ", ".join(f"“{_short(header)}”" for header in headers[:40] if header) + (" …" if len(headers) > 40 else "")
    options = " and ".join(f"--{column} HEADER" for column in lacking)
    what = " or ".join(f"a column of {_PLURALS[column]}" for column in lacking)
    hint = " The first row looks like data: a row of headers must stand above it." if _like_data(headers) else ""
    raise BadInput(
        f"{file} does not show {what} among its headers {there}.{hint} Name the column yourself (on the command line with {options})."
    )


_PLURALS: Final = {"case": "cases", "activity": "activities", "time": "times"}


def known_headers(cells: Sequence[str]) -> int:
    """How many different cells of a row are words for a column of a log."""
    return len({plain(cell) for cell in cells if cell and len(cell) < 80} & _all_words())


def _named(column: str, best_first: Sequence[str]) -> dict[str, str]:
    return {column: best_first[0]} if best_first else {}


@cache
def _all_words() -> frozenset[str]:
    return frozenset(
        key for tier, words_of in words.TIERS.items() for column in words_of for key in _plain(column, tier)
    )


@cache
def _plain(column: str, tier: words.Tier) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain, words.TIERS[tier].get(column, ()))))


def _matches(column: str, tier: words.Tier, headers: Sequence[str], samples: Samples) -> list[str]:
    """The headers that a tier has words for, the best word first; those without any value in the sample last."""
    order = {word: at for at, word in enumerate(_plain(column, tier))}
    ranked = [
        (_empty(samples.get(header, ())), order[key], at, header)
        for at, header in enumerate(headers)
        if (key := _key(header, column)) in order and _fits(column, key, samples.get(header, ()))
    ]
    return [header for *_, header in sorted(ranked)]


def _empty(values: Sequence[str]) -> bool:
    return bool(values) and not any(values)


def _key(header: str, column: str) -> str:
    if column in OF_CASES and header.strip().casefold().startswith(OF_CASE):
        return plain(header.strip()[len(OF_CASE) :])
    if column != "case" and header.strip().casefold().startswith(OF_CASE):
        return ""
    return plain(header)


def _fits(column: str, key: str, values: Sequence[str]) -> bool:
    """Whether the values do not speak against it: times are times, an event's own id stands once, a case more than once."""
    told = [value for value in values if value]
    if column == "time":
        return not told or times.layout_of(told) is not None
    if column == "id":
        return len(set(told)) == len(told)
    if column == "case" and key in _COUNTERS:
        return len(set(told)) < len(told)
    return True


def _only_times(headers: Sequence[str], samples: Samples) -> list[str]:
    """The one column that holds times in words of times, if it is the only one."""
    of_times = [header for header in headers if times.plainly(samples.get(header, ()))]
    return of_times if len(of_times) == 1 else []


def _only_repeating_id(headers: Sequence[str], samples: Samples) -> list[str]:
    """The one column whose header ends as that of an id and whose values repeat, if it is the only one."""
    ids = []
    for header in headers:
        told = [value for value in samples.get(header, ()) if value]
        ends = plain(header).endswith(words.ENDS_OF_IDS) and plain(header) not in _all_words()
        if ends and 1 < len(set(told)) < len(told):
            ids.append(header)
    return ids if len(ids) == 1 else []


def _in_file(header: str, headers: Sequence[str], column: str, file: str) -> str:
    if header in headers:
        return header
    alike = [other for other in headers if other and plain(other) == plain(header)]
    if len(alike) == 1:
        return alike[0]
    if column not in COLUMNS:
        raise BadInput(f"{column} is no column of a log. Choose among {', '.join(COLUMNS)}.")
    there = ", ".join(f"“{_short(other)}”" for other in headers[:40] if other)
    raise BadInput(f"{file} has no column “{_short(header)}” for {column}. Its headers are {there}: name one of them.")


def _like_data(headers: Sequence[str]) -> bool:
    return any(header and times.layout_of([header]) is not None for header in headers)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
