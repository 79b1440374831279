"""The cast with units of enough people: Billing 14 and in it Team A of 10, Contact centre 13, Water 4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tests.cast import FIRST_DAY, Cast

from commonground.organization.models import Assignment, Person, Unit, UnitPeriod
from commonground.voice.keys import new_code
from commonground.voice.models import Topic, Voice

TODAY = date(2026, 9, 16)  # a Wednesday
MONDAY = date(2026, 9, 14)
AT = datetime(2026, 9, 16, 9, 0, tzinfo=UTC)
WORDS = "What if I am too slow with the device?"


@dataclass
class Voiced:
    """The cast, its units by name, and the codes of voices without a name by their id."""

    cast: Cast
    units: Mapping[str, Unit]
    codes: dict[int, str] = field(default_factory=dict)

    @property
    def lead(self) -> dict[str, Any]:
        return {"by": self.cast.alice.actor, "at": AT}

    def who(self, name: str) -> dict[str, Any]:
        return {"by": self.cast.played[name].actor, "at": AT}

    def nameless(self, words: str = WORDS, *, kind: str = "fear", unit: str = "", day: date = TODAY) -> Voice:
        code = new_code()
        said = {"kind": kind, "words": words, "unit": self.units.get(unit), "workflow": None}
        row = Voice.objects.raise_anonymously(self.cast.program, code=code, day=day, **said)
        self.codes[row.pk] = code
        return row

    def signed(
        self, name: str = "erin", words: str = "One form is enough.", *, kind: str = "idea", **more: Any
    ) -> Voice:
        said = {"kind": kind, "words": words, "unit": self.units["billing"], "workflow": None, **more}
        return Voice.objects.raise_signed(self.cast.program, **said, **self.who(name))

    def topic(self, name: str = "Will we be fast enough?") -> Topic:
        return Topic.objects.open(self.cast.program, name=name, **self.lead)


def make_voiced(cast: Cast) -> Voiced:
    units = dict(cast.units)
    units["team_a"] = Unit.objects.create(key="TMA")
    billing = UnitPeriod.objects.get(unit=units["billing"])
    UnitPeriod.objects.create(
        unit=units["team_a"], name="Team A", parent=units["billing"], path=f"{billing.path}{units['team_a'].pk}/"
    )
    for name, count in (("team_a", 10), ("billing", 2), ("contact", 10), ("crews", 3)):
        for number in range(count):
            person = Person.objects.create(key=f"{name}-{number}", name=f"Filler {name} {number}")
            Assignment.objects.create(person=person, unit=units[name], start=FIRST_DAY)
    return Voiced(cast, units)
