"""An organization's own guideline: the night shift is asked too."""

from collections.abc import Iterator

from commonground.analysis.register import Register
from commonground.guidance.guidelines import Found, Parameters, Subject, guideline


@guideline(
    "OURS-01",
    "Whoever works at night owns something in the change too.",
    severity="warn",
    why="Who is asleep when the meetings are held is asked last, and knows best what fails at three in the morning.",
    source="Agreement with our works council, section 4",
    do="Hold one session of each solution at the start of the night shift.",
    needs=("people", "processes"),
    parameters={"people": 1},
)
def night_shift_owns_nothing(register: Register, parameters: Parameters) -> Iterator[Found]:
    at_night = {person.id for person in register.organization.people.values() if person.shift == "night"}
    owners = {owner for process in register.work.processes.values() for owner in process.answers_for}
    if at_night and len(at_night & owners) < parameters["people"]:
        yield Found(
            Subject("program", "night shift"),
            "Nobody of the night shift answers for a process",
            "night shift",
            f"people: {len(at_night)} on the night shift; processes: {len(at_night & owners)} of them named",
        )
