"""OWN: lead with people, not technology. Front-office staff must have something to own."""

from collections.abc import Iterator

from commonground.analysis.ownership import THRESHOLD, Count, front_offices, ownership_grid
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import own as remedies
from commonground.guidance.guidelines.wording import counted, listed

SOURCE = (
    "Practice OWN: lead with people, not technology; front-office staff must have something to own. Evidence: CRM has an impact only "
    "if adequately supported by the appropriate company stakeholders (Becker, Greve & Albers 2009, IJRM 26(3):207-215)."
)
BRINGS_OWNERSHIP = (
    "units",
    "roles",
    "role_changes",
    "paths",
    "solutions",
    "seats",
    "takes_part",
    "activities",
    "sessions",
    "voices",
)


@guideline(
    "OWN-01",
    "In every level and unit that the change touches, enough people own something.",
    severity="warn",
    why="People carry a change that holds something of their own; where nobody owns anything, it is done to them.",
    source=SOURCE,
    do="Let them design the answer to a bounded problem together, or hand over an answer or a message to them.",
    needs=("people", "processes", "does"),
    also_reads=BRINGS_OWNERSHIP,
    parameters={"share": 0.10, "threshold": THRESHOLD},
    remedy=remedies.design_together,
)
def few_own_something(register: Register, parameters: Parameters) -> Iterator[Found]:
    # the groups of the grid that is shown, and of them the larger: another threshold would withhold others, and both together tell
    grid, least = ownership_grid(register), max(parameters["threshold"], THRESHOLD)
    lines = [(Subject("unit", unit), grid.names[unit], count) for unit, count in grid.by_unit.items() if unit]
    lines += [(Subject("level", level), f"level {level}", count) for level, count in grid.by_level.items() if level]
    for subject, name, count in lines:
        if count.share is not None and (count.people or 0) >= least and count.share < parameters["share"]:
            yield Found(subject, _few(name, count), name, _counts(count, parameters["share"]))


def _few(name: str, count: Count) -> str:
    place = name if name.startswith("level ") else f"in {name}"
    place = place.replace("level ", "at level ", 1) if place.startswith("level ") else place
    touched = counted(count.people or 0, "person", "people")
    return f"Of {touched} whom the change touches {place}, {count.owning or 'none'} {'own' if count.owning != 1 else 'owns'} something"


def _counts(count: Count, least: float) -> str:
    return (
        f"{count.owning} of {count.people} touched people own something ({count.share:.0%}, looked for: at least {least:.0%}); "
        "from processes, does, takes_part and activities"
    )


@guideline(
    "OWN-02",
    "The front office of a touched unit owns something.",
    severity="error",
    why="Who meets customers every day knows best what they need; with something to own, that knowledge shapes the change.",
    source=SOURCE,
    do="Begin here: let the front office design the answer to a bounded problem, or hand over an answer or a message.",
    needs=("people", "processes", "does"),
    also_reads=BRINGS_OWNERSHIP,
    parameters={"threshold": THRESHOLD},
    remedy=remedies.front_office_designs,
)
def front_office_owns_nothing(register: Register, parameters: Parameters) -> Iterator[Found]:
    if register.touched_units and not register.organization.front_is_known:
        raise NotEnoughDataError("people.front_office")
    least = max(parameters["threshold"], THRESHOLD)
    for office in front_offices(register):
        if office.owning:
            continue
        name = register.organization.unit_name(office.unit)
        size = f"none of its {office.people:,} people" if office.people >= least else "nobody in it"
        yield Found(
            Subject("unit", office.unit),
            f"The front office of {name} has nothing to own yet, while {name} changes",
            f"{name}, front office",
            f"{size} answers for or does a process, takes part in a solution, leads an activity or a session; "
            "from processes, does, takes_part, activities and sessions",
        )


@guideline(
    "OWN-03",
    "Nobody answers for more processes in question than one person can lead.",
    severity="warn",
    why="Every process in question deserves an owner with time to look for the better way with the people who do it.",
    source="Practice OWN, and practice PROC: participation and ownership at every level.",
    do="Share the ownership: ask who does the work whether they would answer for some of it.",
    needs=("people", "processes"),
    also_reads=("units",),
    parameters={"processes": 5},
    remedy=remedies.share_ownership,
)
def owns_too_many(register: Register, parameters: Parameters) -> Iterator[Found]:
    questioned = {process.id for process in register.work.in_question}
    for person, answered in register.work.answered_by.items():
        held = sorted(questioned.intersection(answered))
        if len(held) > parameters["processes"]:
            organization = register.organization
            unit = organization.business_unit_of.get(person)
            yield Found(
                Subject("owner", person),
                f"{organization.name(person)} answers for {counted(len(held), 'process', 'processes')} in question at once",
                organization.unit_name(unit),
                f"{listed((register.work.process_name(process) for process in held), 6)}; more than {parameters['processes']:.0f}; "
                "from processes",
            )
