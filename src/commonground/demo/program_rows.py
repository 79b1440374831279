"""The rows of one program, made from its plot and the people who work here."""

from collections.abc import Callable, Iterator
from random import Random

from commonground.analysis.facts import (
    Activity,
    Conversation,
    Does,
    Engagement,
    Handoff,
    Milestone,
    Path,
    Process,
    Role,
    RoleChange,
    Row,
    Seat,
    Solution,
    Stage,
    TakesPart,
    Workflow,
)
from commonground.demo import (
    asked,
    behaviours,
    budget,
    coalition_rows,
    collaboration,
    contacts,
    experiments,
    gates,
    heard,
    hiccups,
    messages,
    reinforcement,
    sendings,
)
from commonground.demo.changing import WORDS_GONE
from commonground.demo.days import Days
from commonground.demo.paths import acknowledgements, paths, reassignments
from commonground.demo.plots import NORTHLIGHT, Plot
from commonground.demo.staffing import WHOLE
from commonground.demo.training import training_rows
from commonground.demo.work import Step
from commonground.demo.workforce import LEADING, POSTS, Worker, Workforce

# Roles that exist only in one program's plan.
CREATED = frozenset(turn.post.id for turn in NORTHLIGHT.turns if turn.fate == "create")
MOST_REGIONS = 5
# At scale a region's processes are done by somewhat more people than its share.
REGION_SHARE = 2.2


def program_rows(plot: Plot, days: Days, random: Random, force: Workforce) -> dict[str, list[Row]]:
    """Table → rows of everything that belongs to a program; the organization's tables are not among them."""
    maker = _Maker(plot, days, random, force)
    moved: list[Path] = list(paths(plot, days, force)) if plot is NORTHLIGHT else []
    return {
        "roles": list(maker.roles()),
        "workflows": list(maker.workflows()),
        "processes": list(maker.processes()),
        "does": list(maker.does()),
        "handoffs": list(maker.handoffs()),
        "role_changes": list(maker.role_changes()),
        "paths": list(moved),
        "acknowledgements": list(acknowledgements(days, force)) if plot is NORTHLIGHT else list[Row](),
        "stages": list(maker.stages(moved)),
        "conversations": list(maker.conversations()),
        "milestones": [Milestone(p.kind, days.maybe(p.planned), days.maybe(p.actual), p.unit) for p in plot.points],
        "solutions": list(maker.solutions()),
        "seats": list(maker.seats()),
        "takes_part": list(maker.takes_part()),
        "engagements": [Engagement(days.on(t.day), t.who, t.kind, t.outside_it) for t in plot.talks],
        "activities": list(maker.activities()),
        "behaviours": list[Row](behaviours.rows(plot.wanted, plot.sheets, days)),
        "perceptions": list[Row](heard.perceptions(days, force)) if plot is NORTHLIGHT else list[Row](),
        "reassignments": list[Row](reassignments(moved, days, force)),
        "rounds": list[Row](heard.rounds(days)) if plot is NORTHLIGHT else list[Row](),
        "amount_of_change": [heard.amount_of_change(days)] if plot is NORTHLIGHT else list[Row](),
        "impacts": list[Row](heard.impacts()) if plot is NORTHLIGHT else list[Row](),
        **_phases(plot, days, force.by_name.__getitem__),
        **(training_rows(days, force) if plot is NORTHLIGHT else {}),
        **(contacts.rows() if plot is NORTHLIGHT else {"segments": list[Row](), "reachable": list[Row]()}),
        **_prepared(plot, days, force),
        **(messages.rows(days, force.by_name.__getitem__) if plot is NORTHLIGHT else {"messages": list[Row]()}),
        **(sendings.rows() if plot is NORTHLIGHT else {"sendings": list[Row]()}),
        **(reinforcement.rows(days, force.by_name.__getitem__) if plot is NORTHLIGHT else {}),
        "capacity": list[Row](asked.capacity(plot.slug)),
        "blackouts": list[Row](asked.blackouts(plot.slug, days)),
        "budget": budget.rows(budget.LINES if plot is NORTHLIGHT else budget.FLEET, days, force.by_name.__getitem__),
        **(coalition_rows.rows(days, force) if plot is NORTHLIGHT else coalition_rows.fleet_rows(days, force)),
    }


def _prepared(plot: Plot, days: Days, force: Workforce) -> dict[str, list[Row]]:
    """Hiccup plans and experiments, which the large program alone has."""
    if plot is not NORTHLIGHT:
        return {"hiccups": [], "experiments": []}
    return {**hiccups.rows(days), "experiments": experiments.rows(days, force.by_name.__getitem__)}


def _phases(plot: Plot, days: Days, person: Callable[[str], str]) -> dict[str, list[Row]]:
    """Phases and the gates between them; of Northlight what customers do with it too."""
    if plot is NORTHLIGHT:
        return {**collaboration.rows(days, person), **gates.rows(days, person)}
    phases = collaboration.phases(days, collaboration.FLEET_STAGES)
    return {"phases": phases, "gates": gates.gates(days, gates.FLEET_GATES, person)}


class _Maker:
    def __init__(self, plot: Plot, days: Days, random: Random, force: Workforce) -> None:
        self.plot, self.days, self.random, self.force = plot, days, random, force
        self.factor = len(force.workers) / WHOLE
        self.regions = min(MOST_REGIONS, max(1, round(self.factor / 2))) if plot is NORTHLIGHT else 1
        self.turn = {turn.post.id: turn for turn in plot.turns}
        self._leaders: dict[str, list[Worker]] = {}
        for worker in force.workers:
            if worker.rank <= LEADING:
                self._leaders.setdefault(worker.unit.split("-", 1)[0], []).append(worker)

    def _id(self, name: str) -> str:
        return self.force.by_name[name]

    def _copy(self, key: str, region: int) -> str:
        return key if region == 1 else f"{key}-r{region}"

    def _named(self, name: str, region: int) -> str:
        return name if region == 1 else f"{name} (region {region})"

    def roles(self) -> Iterator[Role]:
        for post in POSTS.values():
            turn = self.turn.get(post.id)
            if turn is None and post.id in CREATED:
                continue
            yield Role(
                post.id,
                post.name,
                post.level,
                post.front_office,
                post.before or None,
                (turn.after or None) if turn else None,
                turn.fate if turn else None,
                self.days.on(turn.effective) if turn else None,
            )

    def workflows(self) -> Iterator[Workflow]:
        for region in range(1, self.regions + 1):
            for flow in self.plot.flows:
                yield Workflow(
                    self._copy(flow.id, region),
                    self._named(flow.name, region),
                    flow.need,
                    self.plot.strategy[flow.serves].statement,
                    flow.hours,
                )

    def _steps(self) -> Iterator[tuple[int, str, Step]]:
        for region in range(1, self.regions + 1):
            for flow, steps in self.plot.steps.items():
                for step in steps:
                    yield region, flow, step

    def _owners(self, names: str, unit: str, region: int) -> tuple[str, ...]:
        if not names:
            return ()
        if region == 1:
            return tuple(sorted(self._id(name) for name in names.split(";")))
        return (self.random.choice(self._leaders[unit.split("-", 1)[0]]).id,)

    def processes(self) -> Iterator[Process]:
        lines = {"el": "Electricity", "wa": "Water"}
        for region, flow, step in self._steps():
            yield Process(
                id=self._copy(step.id, region),
                name=self._named(step.name, region),
                unit=step.unit,
                answers_for=self._owners(step.owner, step.unit, region),
                workflow=self._copy(flow, region),
                fate=step.fate or None,
                to_unit=step.to_unit or None,
                to_answers_for=self._owners(step.to_owner, step.to_unit or step.unit, region),
                effective=self.days.maybe(step.days),
                product_line=lines.get(step.unit.split("-", 1)[0]),
                open_work=step.open_work or None,
                data=step.data or None,
                taken_over_by=self._id(step.heir) if step.heir else None,
            )

    def does(self) -> Iterator[Does]:
        for region, _, step in self._steps():
            for role, prefix, count in step.does:
                able = self.force.holders(role, prefix)
                share = able if self.regions == 1 else able[region - 1 :: self.regions]
                size = count * self.factor / self.regions * (REGION_SHARE if self.regions > 1 else 1)
                for worker in share[: max(1, round(size))]:
                    yield Does(self._copy(step.id, region), worker.id)

    def handoffs(self) -> Iterator[Handoff]:
        for region in range(1, self.regions + 1):
            for view, given in (("as_is", self.plot.as_is), ("to_be", self.plot.to_be)):
                for flow, rows in given.items():
                    for start, end, carries, wait, cases, back in rows:
                        key = (self._copy(flow, region), self._copy(start, region), self._copy(end, region))
                        yield Handoff(*key, carries, view, wait, cases, back)

    def role_changes(self) -> Iterator[RoleChange]:
        for row in self.plot.changes:
            day = self.days.on(self.turn[row.role].effective)
            yield RoleChange(
                row.role, row.kind, row.size, row.words or None, row.offered or None, row.answer, row.unit, day
            )

    def stages(self, moved: list[Path]) -> Iterator[Stage]:
        for region, _, step in self._steps():
            if step.fate:
                yield self._stage("process", self._copy(step.id, region), step.word)
        for turn in self.plot.turns:
            yield self._stage("role", turn.post.id, turn.word)
        for path in moved:
            yield self._stage("path", path.person, self.turn[path.role].word)

    def _stage(self, kind: str, key: str, word: str) -> Stage:
        return Stage(kind, key, *(self.days.maybe(day) for day in WORDS_GONE[word]))

    def conversations(self) -> Iterator[Conversation]:
        for role, day, name in self.plot.conversations:
            yield Conversation(role, self.days.on(day), self._id(name))

    def solutions(self) -> Iterator[Solution]:
        for row in self.plot.searches:
            yield Solution(row.id, row.workflow, row.question, self.days.on(row.opened), self.days.maybe(row.decided))

    def seats(self) -> Iterator[Seat]:
        decided = {row.id: row.decided for row in self.plot.searches}
        for row in self.plot.places:
            agreed = True if row.hours else None
            end = self.days.maybe(decided[row.search])
            yield Seat(row.search, self._id(row.person), agreed, row.hours, agreed, self.days.on(row.since), end)

    def takes_part(self) -> Iterator[TakesPart]:
        for meeting in self.plot.meetings:
            for name in meeting.people.split(";"):
                yield TakesPart(meeting.search, self._id(name), self.days.on(meeting.day), "session")
        for brought in self.plot.brought:
            yield TakesPart(brought.search, self._id(brought.person), self.days.on(brought.day), "contribution")

    def activities(self) -> Iterator[Activity]:
        told = asked.deeds_of(self.plot.slug, self.plot.deeds, self.days)
        for number, (deed, start, end, more) in enumerate(told, start=1):
            yield Activity(
                f"{self.plot.slug}-{number:02}",
                deed.kind,
                deed.unit,
                deed.practice,
                self._id(deed.owner),
                start,
                end,
                deed.hours,
                deed.state,
                self._id(more.deliverer) if more.deliverer else None,
                self.days.maybe(more.delivered),
                more.each,
                audience=more.audience or None,
                technique=asked.USES.get((deed.kind, deed.unit)),
            )
