"""What a finding is about in the database: the row, the unit it belongs to, and how many people it reaches."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from commonground.adoption.models import Behaviour
from commonground.analysis.facts import CorrectiveStep, Reinforcement, Voice
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.communication.models import CascadeStep, Message
from commonground.guidance.experiments import Experiment
from commonground.guidance.guidelines import Subject
from commonground.organization.models import Person, Role, Unit
from commonground.programs.models import Activity, Program
from commonground.realignment.models import Solution
from commonground.workflows.models import Process, Workflow

OFFICES = frozenset({"owner", "manager", "path", "person", "sponsor", "champion"})


class About(NamedTuple):
    """thing: id of the process, role, unit, person or solution; unit: id of the unit; reach: people touched."""

    thing: int | None
    unit: int | None
    reach: int


def person_of(subject: Subject) -> str:
    """The key of the person that a subject names; empty when it names none."""
    if subject.kind == "seat":
        return subject.id.partition("/")[2]
    return subject.id if subject.kind in OFFICES else ""


class Subjects:
    """Looks up the subjects of one register, with one query a kind."""

    def __init__(self, program: Program, register: Register, people: Iterable[str] = ()) -> None:
        """people: keys of the persons that subjects will name."""
        self.program = program
        self.register = register
        self._named = tuple(people)

    @cached_property
    def _people(self) -> Mapping[str, int]:
        return dict(Person.objects.filter(key__in=self._named).values_list("key", "pk"))

    @cached_property
    def _units(self) -> Mapping[str, int]:
        return dict(Unit.objects.values_list("key", "pk"))

    @cached_property
    def _processes(self) -> Mapping[str, int]:
        return dict(Process.objects.filter(program=self.program).values_list("key", "pk"))

    @cached_property
    def _workflows(self) -> Mapping[str, int]:
        return dict(Workflow.objects.filter(program=self.program).values_list("key", "pk"))

    @cached_property
    def _solutions(self) -> Mapping[str, int]:
        return dict(Solution.objects.filter(program=self.program).values_list("key", "pk"))

    @cached_property
    def _roles(self) -> Mapping[str, int]:
        return dict(Role.objects.values_list("key", "pk"))

    @cached_property
    def _activities(self) -> Mapping[str, tuple[int, int | None]]:
        rows = Activity.objects.filter(program=self.program).values_list("key", "pk", "unit")
        return {key: (pk, unit) for key, pk, unit in rows}

    @cached_property
    def _messages(self) -> Mapping[str, tuple[int, int | None]]:
        rows = Message.objects.filter(program=self.program).values_list("key", "pk", "unit")
        return {key: (pk, unit) for key, pk, unit in rows}

    @cached_property
    def _talks(self) -> Mapping[str, tuple[int, int | None]]:
        """message/unit → the first of the talks there that was not held."""
        rows = CascadeStep.objects.filter(cascade__program=self.program, delivered_on=None).order_by("-pk")
        columns = rows.values_list("cascade__message__key", "unit__key", "pk", "unit")
        return {f"{message}/{unit or ''}": (pk, unit_pk) for message, unit, pk, unit_pk in columns}

    @cached_property
    def _experiments(self) -> Mapping[str, tuple[int, Sequence[int]]]:
        rows = Experiment.objects.filter(program=self.program)
        return {key: (pk, units) for key, pk, units in rows.values_list("key", "pk", "units")}

    @cached_property
    def _behaviours(self) -> Mapping[str, int]:
        return dict(Behaviour.objects.filter(program=self.program).values_list("key", "pk"))

    @cached_property
    def _voices(self) -> Mapping[str, Voice]:
        return {row.id: row for row in self.register.voices.raised}

    def about(self, subject: Subject) -> About:
        """The row, unit and reach of a subject; nothing of a kind that is not known, as a plug-in may bring."""
        ways: Mapping[str, Callable[[str], About]] = {
            "process": self._process,
            "role": self._role,
            "unit": self._unit,
            "cell": self._unit,
            "seat": self._seat,
            "level": self._level,
            "activity": self._activity,
            "milestone": self._milestone,
            "hiccup": self._milestone,
            "message": self._message,
            "sending": self._sending,
            "talk": self._talk,
            "experiment": self._experiment,
            "phase": self._milestone,
            "gate": self._gate,
            "workflow": self._workflow,
            "handoff": self._handoff,
            "behaviour": self._behaviour,
            "behaviour_unit": self._behaviour_in_unit,
            "reinforcement": self._reinforcement,
            "corrective_step": self._corrective_step,
            "voice": self._voice,
            "topic": self._topic,
            **dict.fromkeys(OFFICES, self._person),
        }
        way = ways.get(subject.kind)
        return way(subject.id) if way else About(None, None, len(self.register.touched))

    def _seat(self, key: str) -> About:
        solution, _, person = key.partition("/")
        return self._person(person)._replace(thing=self._solutions.get(solution))

    def _milestone(self, key: str) -> About:
        return About(None, self._units.get(key.partition("/")[2]), len(self.register.touched))

    def _gate(self, key: str) -> About:
        """number, or number/unit: the thing is the number, since a gate has an address before it has a row."""
        number, _, unit = key.partition("/")
        reach = self._heads(unit) if unit else len(self.register.touched)
        return About(int(number) if number.isdecimal() else None, self._units.get(unit), reach)

    def _activity(self, key: str) -> About:
        pk, unit = self._activities.get(key, (None, None))
        return About(pk, unit, len(self.register.touched))

    def _message(self, key: str) -> About:
        pk, unit = self._messages.get(key, (None, None))
        return About(pk, unit, len(self.register.touched))

    def _talk(self, key: str) -> About:
        """A talk stands with its unit."""
        pk, unit = self._talks.get(key, (None, None))
        return About(pk, unit, self._heads(key.rpartition("/")[2]))

    def _experiment(self, key: str) -> About:
        """Whom it reaches are the people of its units."""
        pk, units = self._experiments.get(key, (None, ()))
        keys = {pk: key for key, pk in self._units.items()}
        return About(pk, None, sum(self._heads(keys[unit]) for unit in units if unit in keys))

    def _sending(self, key: str) -> About:
        """A message on a channel, which is the message."""
        return self._message(key.rpartition("/")[0])

    def _level(self, key: str) -> About:
        cells = self.register.touched_cells.items()
        return About(None, None, sum(len(people) for (_, level), people in cells if level == key))

    def _process(self, key: str) -> About:
        row = self.register.work.processes.get(key)
        owners = self.register.work.owners(row) if row else ()
        people = self.register.work.doers.get(key, frozenset()).union(owners)
        return About(self._processes.get(key), self._units.get(row.unit or "") if row else None, len(people))

    def _workflow(self, key: str) -> About:
        steps = [one for one in self.register.work.processes.values() if one.workflow == key]
        return About(self._workflows.get(key), None, len(self._doing(one.id for one in steps)))

    def _handoff(self, key: str) -> About:
        """workflow/giving process/receiving process: it stands with the unit of the receiver, in whose tray the work waits."""
        workflow, source, target = key.split("/", 2) if key.count("/") > 1 else (key, "", "")
        return self._process(target)._replace(
            thing=self._workflows.get(workflow), reach=len(self._doing((source, target)))
        )

    def _behaviour(self, key: str) -> About:
        return About(self._behaviours.get(key), None, len(self.register.touched))

    def _behaviour_in_unit(self, key: str) -> About:
        """behaviour/unit; neither key is known to be without a stroke."""
        parts = key.split("/")
        ways = (("/".join(parts[:at]), "/".join(parts[at:])) for at in range(1, len(parts)))
        behaviour, unit = next((way for way in ways if way[0] in self._behaviours), (key, ""))
        return About(
            self._behaviours.get(behaviour), self._units.get(unit), self.register.organization.heads.get(unit, 0)
        )

    def _reinforcement(self, key: str) -> About:
        rows = rows_of(self.register.facts, "reinforcements", Reinforcement)
        return self._of_unit(next((row.unit for row in rows if row.id == key), None))

    def _corrective_step(self, key: str) -> About:
        rows = rows_of(self.register.facts, "corrective_steps", CorrectiveStep)
        return self._of_unit(next((row.unit for row in rows if row.id == key), None))

    def _of_unit(self, unit: str | None) -> About:
        return About(None, self._units.get(unit or ""), self._heads(unit))

    def _voice(self, key: str) -> About:
        """A voice stands with the unit by which it may be told; it reaches the people of that."""
        row = self._voices.get(key)
        unit = self.register.voices.told_by(row.unit) if row else None
        return About(int(key) if key.isdecimal() else None, self._units.get(unit or ""), self._heads(unit))

    def _topic(self, key: str) -> About:
        rows = self.register.voices.topics.get(key, ())
        units = {unit for row in rows if (unit := self.register.voices.told_by(row.unit))}
        return About(int(key) if key.isdecimal() else None, None, sum(map(self._heads, units)) or self._heads(None))

    def _heads(self, unit: str | None) -> int:
        return self.register.organization.heads.get(unit, 0)

    def _doing(self, processes: Iterable[str]) -> set[str]:
        return set[str]().union(*(self.register.work.doers.get(one, ()) for one in processes))

    def _role(self, key: str) -> About:
        """A role belongs to a unit when all who hold it work in that one."""
        holders = self.register.organization.holders.get(key, ())
        units = {self.register.organization.people[person].unit for person in holders}
        unit = self._units.get(units.pop() or "") if len(units) == 1 else None
        return About(self._roles.get(key), unit, len(holders))

    def _person(self, key: str) -> About:
        row = self.register.organization.people.get(key)
        return About(self._people.get(key), self._units.get(row.unit or "") if row else None, 1)

    def _unit(self, key: str) -> About:
        """A unit, or a cell written as unit/level, and what else tells it apart behind that."""
        if key in self._units:
            unit, reach = key, len(self.register.touched_units.get(key, ()))
        else:
            parts = key.split("/")
            ways = ("/".join(parts[:at]) for at in range(len(parts) - 1, 0, -1))
            unit = next((way for way in ways if way in self._units), "")
            level = key.removeprefix(f"{unit}/").partition("/")[0]
            reach = len(self.register.touched_cells.get((unit, level), ()))
        found = self._units.get(unit)
        return About(found, found, reach)
