"""TRAIN: train and include everyone, so that employees and customers come to collaborate."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from commonground.analysis.facts import Milestone, Role, Training, TrainingSession
from commonground.analysis.organization import rows_of
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.plan.training import Trainings
from commonground.analysis.plan.use_after import use_after
from commonground.analysis.register import Register
from commonground.analysis.uptake import lately
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import train as remedies
from commonground.guidance.guidelines.remedies.pace import rise_in_the_unit
from commonground.guidance.guidelines.role import REWRITTEN
from commonground.guidance.guidelines.wording import counted, from_day, listed, place_of_role, spelled

SOURCE = "Practice TRAIN: training by role for all, also those who never touch the CRM; use is looked at months later. "


@guideline(
    "TRAIN-01",
    "What was learned is used two months later.",
    severity="warn",
    why="People who were trained and do not use it mostly meet an obstacle, or a leader who does not use it either; the same course again "
    "helps little.",
    source=SOURCE
    + "Salespeople were positive right after training; six months later the tool was widely rejected (Speier & Venkatesh 2002, J. "
    "Marketing 66(3):98-111). Read from the shares of units of at least 8 people; 95 % interval (Wilson, 1927).",
    do="Ask in the unit what stands in the way and take one obstacle away; let its leader be seen taking the new way. No repeated course.",
    needs=("people", "training", "attendance", "behaviours", "pace"),
    also_reads=("units", "roles", "paths", "milestones"),
    parameters={"days": 60, "share": 0.4},
    remedy=rise_in_the_unit,
)
def not_used(register: Register, parameters: Parameters) -> Iterator[Found]:
    found, day, name = Trainings(register), register.facts.as_of, register.organization.unit_name
    serving = [row for row in found.modules.values() if row.behaviour]
    if not serving:
        raise NotEnoughDataError("training.behaviour")
    behaviours = {row.id: row for row in register.uptake.behaviours}
    edge = day - timedelta(days=parameters["days"])
    for module in serving:
        for one in use_after(found, module):
            behaviour = behaviours[module.behaviour or ""]
            start = register.uptake.start(behaviour, one.unit)
            now = lately(register.uptake.units(behaviour.id).get(one.unit)) if one.unit else None
            if one.unit is None or now is None or one.day > edge or (start is not None and start > edge):
                continue
            if now.new_high < parameters["share"]:
                yield Found(
                    Subject("behaviour_unit", f"{behaviour.id}/{one.unit}"),
                    f"{name(one.unit)} was trained in {module.name}, and the new way of “{behaviour.name}” is taken in "
                    f"{100 * now.new:.0f} % of the work",
                    f"{name(one.unit)} · {behaviour.name}",
                    f"attendance: {counted(one.trained, 'person', 'people')}, half of them by {spelled(one.day)}; pace, four weeks to "
                    f"{spelled(now.until)}: {100 * now.new:.0f} % of {counted(now.n, 'occasion')}, "
                    f"at most {100 * now.new_high:.0f} % (95 %)",
                )


@guideline(
    "TRAIN-02",
    "People of a role that changes are trained in good time before it does.",
    severity="warn",
    why="On the first day people want to be good at it; who was not trained has to learn in front of customers.",
    source=SOURCE,
    do="Plan sessions for those who are left, at times and in languages in which they can come.",
    needs=("people", "roles", "training", "attendance"),
    also_reads=("units", "paths"),
    parameters={"days_before": 30},
    remedy=remedies.train_those_left,
)
def not_trained(register: Register, parameters: Parameters) -> Iterator[Found]:
    found, day = Trainings(register), register.facts.as_of
    for role in register.organization.roles.values():
        if role.fate not in {*REWRITTEN, "create"} or not role.effective:
            continue
        if day < role.effective - timedelta(days=parameters["days_before"]):
            continue
        holders = found.of_role(role.id)
        mine = _modules_of(found, role.id, holders)
        lacking = frozenset[str]().union(*(found.left(module) & holders for module in mine)) if mine else holders
        waiting = sum(1 for person in lacking if any(person in found.booked[module] for module in mine))
        if lacking:
            yield _untrained(register, role, (len(holders), len(lacking), waiting), mine, parameters)


def _modules_of(found: Trainings, role: str, holders: frozenset[str]) -> list[str]:
    """The modules that name a role; where none does, those that are meant for all who hold it."""
    named = [module.id for module in found.modules.values() if role in module.roles]
    return named or [module for module, people in found.meant.items() if holders and holders <= people]


def _untrained(
    register: Register, role: Role, many: tuple[int, int, int], mine: Sequence[str], parameters: Parameters
) -> Found:
    holders, lacking, waiting = many
    changes = "changes" if role.effective and role.effective > register.facts.as_of else "changed"
    said = (
        "have not had all the training that is meant for them"
        if mine
        else "have no training that is meant for them yet"
    )
    if lacking == 1:
        said = said.replace("have", "has", 1)
    return Found(
        Subject("role", role.id),
        f"{lacking:,} of {counted(holders, 'person', 'people')} of the role {role.name}, which {changes}{from_day(role)}, {said}",
        place_of_role(register, role.id),
        f"training: {counted(len(mine), 'module')} for them; attendance: {holders - lacking} of {holders} complete, {waiting} with a "
        f"place to come; looked for {parameters['days_before']:.0f} days before the date",
        "" if mine else "Say what they need to learn, with somebody who holds the role; then plan sessions.",
    )


@guideline(
    "TRAIN-03",
    "Training comes shortly before the cut-over: near enough to be remembered, and not after it.",
    severity="warn",
    why="What is not used within weeks is forgotten, and what comes after the first day comes too late for it.",
    source=SOURCE,
    do="Move the session into the weeks before the cut-over of those who come, or add one there.",
    needs=("training", "sessions", "milestones"),
    also_reads=("people", "units", "roles", "paths", "attendance"),
    parameters={"weeks": 6},
    remedy=remedies.teach_before,
)
def far_from_cut_over(register: Register, parameters: Parameters) -> Iterator[Found]:
    found = Trainings(register)
    cut_overs = _cut_overs(register)
    if not cut_overs:
        raise NotEnoughDataError("milestones.cut_over")
    weeks = timedelta(weeks=parameters["weeks"])
    sessions: dict[str, list[TrainingSession]] = {}
    for row in rows_of(register.facts, "sessions", TrainingSession):
        if row.on is not None and row.held is not False:
            sessions.setdefault(row.training, []).append(row)
    for module in found.modules.values():
        known = _days_of(register, found, module, cut_overs)
        given = [row.on for row in sessions.get(module.id, ()) if row.on is not None]
        if module.touches_crm is False or not known or not given or any(_in_time(on, known, weeks) for on in given):
            continue
        yield _misplaced(module, sorted(given), known, weeks)


def _days_of(register: Register, found: Trainings, module: Training, cut_overs: dict[str | None, date]) -> list[date]:
    """The days for which a module comes in time: cut-overs of those for whom it is, and the days on which their roles change."""
    roles = [register.organization.roles.get(role) for role in module.roles]
    days = {role.effective for role in roles if role is not None and role.effective}
    days |= {day for person in found.meant[module.id] if (day := _cut_over_of(register, cut_overs, person))}
    return sorted(days)


def _in_time(on: date, cut_overs: Sequence[date], weeks: timedelta) -> bool:
    return any(day - weeks <= on <= day for day in cut_overs)


def _misplaced(module: Training, given: Sequence[date], cut_overs: Sequence[date], weeks: timedelta) -> Found:
    early = [on for on in given if on < cut_overs[0] - weeks]
    which = given[-1] if early else given[0]
    nearest = min(cut_overs, key=lambda day: abs(day - which))
    away = abs(nearest - which).days
    how = f"{counted(away // 7, 'week')} before" if which < nearest else f"{counted(away, 'day')} after"
    return Found(
        Subject("training", module.id),
        f"No session of {module.name} lies in the {weeks.days // 7} weeks before the cut-over of those for whom it is; the nearest is "
        f"{how}",
        f"training {module.name}",
        f"sessions: {listed(map(spelled, given), 4)}; milestones and roles: {listed(map(spelled, cut_overs), 4)}",
    )


def _cut_overs(register: Register) -> dict[str | None, date]:
    rows = rows_of(register.facts, "milestones", Milestone)
    return {row.unit: on for row in rows if row.kind == "cut_over" and (on := row.actual or row.planned)}


def _cut_over_of(register: Register, cut_overs: dict[str | None, date], person: str) -> date | None:
    """The cut-over of the unit of a person or of one above it, else of the whole."""
    organization = register.organization
    unit, seen = organization.people[person].unit, set[str]()
    while unit is not None and unit not in seen:
        if unit in cut_overs:
            return cut_overs[unit]
        seen.add(unit)
        unit = organization.parent(unit)
    return cut_overs.get(None)


@guideline(
    "TRAIN-04",
    "Everyone is included in training, those who never touch the CRM as well.",
    severity="warn",
    why="Customers meet those too who never open the CRM; who is left out cannot help them the new way and feels left out.",
    source=SOURCE,
    do="Add a module for them: what changes for customers, whom to hand on to, what they can ask for; half an hour at the start of a shift "
    "will do.",
    needs=("people", "training"),
    also_reads=("units", "roles", "paths"),
    parameters={"threshold": THRESHOLD},
    remedy=remedies.include_them,
)
def left_out(register: Register, parameters: Parameters) -> Iterator[Found]:
    found, least = Trainings(register), max(parameters["threshold"], THRESHOLD)
    if not found.modules:
        return
    name, role_name = register.organization.unit_name, register.organization.role_name
    crm = any(module.touches_crm for module in found.modules.values())
    for one in found.lacking:
        many = len(one.people)
        who = (
            f"{counted(many, 'person', 'people')} of {name(one.unit)}"
            if many >= least
            else f"people of {name(one.unit)}"
        )
        roles = listed((role_name(role) for role in one.roles), 4)
        yield Found(
            Subject("unit", one.unit) if one.unit else Subject("program", "training"),
            f"No training is meant for {who}{', who are in no module for users of the CRM either' if crm else ''}",
            name(one.unit),
            f"training: {counted(len(found.modules), 'module')}, none for their roles, units or levels"
            + (f"; roles: {roles}" if roles else ""),
        )
