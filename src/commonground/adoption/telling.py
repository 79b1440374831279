"""What the organization says of the events of one log: which business unit each is of, who is of a behaviour's population, who people are.

Read once and used for every behaviour of the log: with 100,000 people it is the dearest part.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from commonground.analysis.events import MISSING, Codes, Events, Mask, Names
from commonground.events.models import Log
from commonground.events.pseudonyms import Pseudonyms, instance_key
from commonground.organization.models import UnitPeriod
from commonground.organization.timeline import EVER, FOREVER
from commonground.workflows.places import Directory, Places, Stay, Table, plain
from commonground.workflows.windows import day_of, micros_of


class Remembering(Directory):
    """A directory that looks names and people up once."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last)
        self._texts: Mapping[str, list[Stay]] | None = None
        self._found: tuple[tuple[str, ...], Mapping[str, list[Stay]]] | None = None
        self._persons: tuple[tuple[str, ...], Mapping[str, int]] | None = None

    def named(self) -> Mapping[str, list[Stay]]:
        if self._texts is None:
            self._texts = super().named()
        return self._texts

    def persons(self, pseudonyms: Pseudonyms, wanted: Iterable[str]) -> Mapping[str, int]:
        key = tuple(wanted)
        if self._persons is None or self._persons[0] != key:
            self._persons = (key, super().persons(pseudonyms, key))
        return self._persons[1]

    def people(self, pseudonyms: Pseudonyms, wanted: Iterable[str]) -> Mapping[str, list[Stay]]:
        key = tuple(wanted)
        if self._found is None or self._found[0] != key:
            self._found = (key, super().people(pseudonyms, key))
        return self._found[1]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands below whom, in a time [start, end)."""

    start: date
    end: date
    units: frozenset[int]


class Telling:
    """The organization as one log needs it. names: what the codes of its events mean."""

    def __init__(self, names: Names, first: date, last: date) -> None:
        self.names, self.zone = names, ZoneInfo(settings.TIME_ZONE)
        self.directory = Remembering(first, last)
        self.pseudonyms = Pseudonyms(instance_key(Path(settings.DATA)))
        self.places = Places(names, self.directory, self.pseudonyms, self.zone)
        self._paths = _paths()

    @classmethod
    def of(cls, log: Log) -> "Telling | None":
        """None for a log without events. Raises LogError when the key of pseudonyms is gone."""
        if log.first is None or log.last is None:
            return None
        zone = ZoneInfo(settings.TIME_ZONE)
        return cls(log.store().names(), *(day_of(micros_of(moment), zone) for moment in (log.first, log.last)))

    def business_units(self, events: Events) -> Codes:
        """Shape (n,): codes into `places.units`."""
        return self.places.of(events)[0]

    def persons_of(self, pseudonyms: Sequence[str]) -> Mapping[str, int]:
        """Pseudonym → person, of those whom the organization knows; also of people whom the log no longer tells."""
        known = self.directory.persons(self.pseudonyms, self.names.person)
        gone = set(pseudonyms) - set(self.names.person)
        return {**known, **Directory.persons(self.directory, self.pseudonyms, sorted(gone))} if gone else known

    def units_meant(self, texts: Sequence[str]) -> frozenset[int]:
        """The units that these keys or names ever meant."""
        named = self.directory.named()
        return frozenset(stay.unit for text in texts for stay in named.get(plain(text), ()) if stay.unit is not None)

    def inside(self, texts: Sequence[str]) -> Callable[[Events], Mask] | None:
        """Whether events are of people in these units, or in one below them on that day; None for no units: all are.

        texts: keys or names of units, at any depth; what the organization does not know is compared with what the log says.
        """
        if not texts:
            return None
        meant = self.units_meant(texts)
        named = self.directory.named()
        people = self.directory.people(self.pseudonyms, self.names.person)
        by_text = {
            code: self._within(named[plain(text)], meant)
            for code, text in enumerate(self.names.unit)
            if plain(text) in named
        }
        by_person = {
            code: self._within(people[name], meant) for code, name in enumerate(self.names.person) if name in people
        }
        days = sorted({day for found in (by_text, by_person) for spans in found.values() for day, *_ in spans})
        units, persons = Table(days, self.zone, by_text), Table(days, self.zone, by_person)
        plainly = {plain(text) for text in texts}
        said = np.array([*(plain(text) in plainly for text in self.names.unit), False], dtype=np.bool_)

        def mask(events: Events) -> Mask:
            found, _ = units.find(events.unit, events.time)
            other, _ = persons.find(events.person, events.time)
            open_ = found == MISSING
            found[open_] = other[open_]
            inside: Mask = (found == 1) | ((found == MISSING) & said[events.unit])
            return inside

        return mask

    def _within(self, stays: Sequence[Stay], meant: frozenset[int]) -> list[tuple[date, int, int]]:
        """From which day on somebody, or a name, is within the units meant (1), outside (0) or in no unit (MISSING)."""
        found: list[tuple[date, int, int]] = []
        for stay, until in zip(stays, [*(one.since for one in stays[1:]), FOREVER], strict=True):
            if stay.unit is None:
                found.append((stay.since, MISSING, MISSING))
                continue
            spans = self._paths.get(stay.unit, ())
            found.append((stay.since, int(bool(spans and spans[0].units & meant)), MISSING))
            for span in spans:
                if max(span.start, stay.since) < min(span.end, until):
                    found.append((max(span.start, stay.since), int(bool(span.units & meant)), MISSING))
        return list({one[0]: one for one in found}.values())


def _paths() -> Mapping[int, list[Standing]]:
    """Unit → under whom it stood over time, itself among them."""
    found: dict[int, list[Standing]] = {}
    rows = UnitPeriod.objects.in_order().values_list("unit_id", "start", "end", "path")
    for unit, start, end, path in rows:
        ids = frozenset(int(part) for part in path.split("/") if part)
        found.setdefault(unit, []).append(Standing(start or EVER, end or FOREVER, ids))
    return found
