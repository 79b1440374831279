"""TEAM: a project team of key players from all levels. Until anybody is named as a member, it is everyone with a seat in any search."""

from collections.abc import Iterator
from datetime import date, timedelta

from commonground.analysis.coverage import uncovered_cells
from commonground.analysis.facts import Seat
from commonground.analysis.ownership import THRESHOLD
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import team as remedies
from commonground.guidance.guidelines.wording import absent, counted, do_or_does, listed, place, spelled

SOURCE = "Practice TEAM: a project team of key players from all levels, those with most at stake included."
TOUCHING = ("units", "does", "roles", "role_changes", "paths", "team")


@guideline(
    "TEAM-01",
    "Every unit and level that the change touches has somebody on the team.",
    severity="warn",
    why="People listen to somebody who knows their work; where nobody of theirs sits at the table, they only hear the outcome.",
    source=SOURCE,
    do="Look for a member among those concerned, with consent and hours agreed.",
    needs=("people", "processes"),
    empty_means_none=("seats",),
    also_reads=TOUCHING,
    parameters={"threshold": THRESHOLD},
    remedy=remedies.invite_from_there,
)
def nobody_on_the_team(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization, team = register.organization, register.participation.team
    least = max(parameters["threshold"], THRESHOLD)
    members = f"{counted(len(team), 'member')}, none from here" if team else "nobody has one"
    for gap in uncovered_cells(register):
        unit, level = gap.cell
        name = organization.unit_name(unit)
        touched = f"{gap.touched:,} people touched" if gap.touched >= least else "touched"
        yield Found(
            Subject("cell", f"{unit}/{level}" if level else str(unit)),
            f"Nobody at level {level} in {name} is on the team yet"
            if level
            else f"Nobody from {name} is on the team yet",
            f"{name}, level {level}" if level else name,
            f"{touched}; {_named_by(register)}: {members}{_absent(register)}",
        )


@guideline(
    "TEAM-02",
    "Who answers for a process and is on the team has a seat in the search for that process.",
    severity="warn",
    why="An owner who sits in every search but that for their own work helps to decide for others what is decided for them.",
    source=SOURCE,
    do="Move their seat to the search for their own process, or add one there.",
    needs=("people", "processes", "seats"),
    also_reads=("units", "workflows", "solutions"),
    remedy=remedies.seat_in_their_own,
)
def seated_elsewhere(register: Register, parameters: Parameters) -> Iterator[Found]:
    participation, organization = register.participation, register.organization
    seated = {seat.person for seat in participation.seats}
    for process in register.work.in_question:
        searches = participation.solutions_of(process)
        elsewhere = [one for one in register.work.owners(process) if one in seated - participation.seated_in(process)]
        if not elsewhere or (searches and all(map(participation.is_decided, searches))):
            continue
        names = sorted(map(organization.name, elsewhere))
        yield Found(
            Subject("process", process.id),
            f"{listed(names)} {do_or_does(names, 'answers', 'answer')} for {process.name} and {do_or_does(names, 'has', 'have')} a seat "
            "elsewhere, but none in the search for it",
            place(register, process),
            f"seats: {counted(len(elsewhere), 'owner')} with a seat, none in "
            f"{f'solution {listed(searches)}' if searches else 'a solution of this process, which has none yet'}",
            "" if searches else "Open a search for the process, and give its owner a seat there.",
        )


@guideline(
    "TEAM-03",
    "The team has the front office in it, and no unit outweighs all others.",
    severity="error",
    why="A team that mirrors the organization finds ways that work for all of it, and is believed.",
    source=SOURCE,
    do="Invite members from the front office and from the other units.",
    needs=("people", "processes"),
    empty_means_none=("seats",),
    also_reads=("units", "roles", "team"),
    parameters={"share": 0.60},
    remedy=remedies.balance,
)
def one_sided_team(register: Register, parameters: Parameters) -> Iterator[Found]:
    organization, team = register.organization, register.participation.team
    if not team and not register.work.in_question:
        return
    size = counted(len(team), "member")
    heavy = list(_heavy_units(register, parameters["share"]))
    yield from heavy
    if team and not organization.front_is_known:
        if not heavy:
            raise NotEnoughDataError("people.front_office")
    elif team.isdisjoint(organization.front):
        yield Found(
            Subject("program", "team"),
            "The team has nobody from the front office"
            if team
            else "No team yet, so nobody from the front office is on it",
            "the team",
            f"{_named_by(register)}: {size}, none in the front office{_absent(register)}",
        )


def _heavy_units(register: Register, share: float) -> Iterator[Found]:
    """Business units that more than this share of the team comes from; nobody is asked to share where there is one unit only."""
    organization, team = register.organization, register.participation.team
    units: dict[str | None, int] = {}
    for person in team:
        unit = organization.business_unit_of.get(person)
        units[unit] = units.get(unit, 0) + 1
    several = len({unit for unit in organization.business_unit_of.values() if unit}) > 1
    for unit, number in units.items():
        if unit and several and number > share * len(team):
            name = organization.unit_name(unit)
            yield Found(
                Subject("unit", unit),
                f"{number:,} of {counted(len(team), 'member')} of the team come from {name}",
                f"the team, {name}",
                f"{_named_by(register)}: {number / len(team):.0%} from one unit, looked for: at most {share:.0%}",
            )


def _named_by(register: Register) -> str:
    """The table that says who is on the team."""
    return "team" if register.facts.rows("team") else "seats"


def _absent(register: Register) -> str:
    return "" if register.facts.rows("team") else absent(register, "seats")


@guideline(
    "TEAM-04",
    "Every seat comes with consent, hours and the manager's agreement, and is used.",
    severity="warn",
    why="A seat that nobody made room for is a burden; one with hours and a session is a voice.",
    source=SOURCE + " With capacity and consent.",
    do="Agree the hours with them and their manager, invite them to the next session, or free the seat.",
    needs=("seats", "people"),
    empty_means_none=("takes_part",),
    also_reads=("solutions", "units"),
    parameters={"days": 45},
    remedy=remedies.agree_and_meet,
)
def token_seat(register: Register, parameters: Parameters) -> Iterator[Found]:
    for seat in register.participation.seats:
        if register.participation.is_decided(seat.solution):
            continue
        lacks = _lacks(register, seat)
        quiet = _quiet(register, seat, parameters["days"])
        if lacks or quiet:
            organization = register.organization
            unit = organization.unit_name(organization.business_unit_of.get(seat.person))
            needs = [f"without {listed(lacks)}"] if lacks else []
            needs += [f"with no session or contribution in {parameters['days']:.0f} days"] if quiet else []
            question = register.participation.solutions.get(seat.solution)
            yield Found(
                Subject("seat", f"{seat.solution}/{seat.person}"),
                f"{organization.name(seat.person)} has a seat {' and '.join(needs)}",
                f"{unit} · solution {question.question if question and question.question else seat.solution}",
                f"seats {seat.solution}, {seat.person}: {f'missing {listed(lacks)}' if lacks else 'agreed'}; "
                f"takes_part: {_last(register, seat)}{absent(register, 'takes_part')}",
            )


def _lacks(register: Register, seat: Seat) -> list[str]:
    manager = register.organization.people[seat.person].manager
    return [
        words
        for words, given in (
            ("their consent", seat.consent),
            ("agreed hours", seat.hours_per_week),
            ("their manager's agreement", seat.manager_agreed or not manager),
        )
        if not given
    ]


def _quiet(register: Register, seat: Seat, days: float) -> bool:
    """Whether nothing came of a seat for that many days, counted from the seat or the solution's opening, whichever is later."""
    solution = register.participation.solutions.get(seat.solution)
    since = [seat.start, solution.opened if solution else None]
    last = register.participation.last_part.get((seat.solution, seat.person))
    begun = max((day for day in (*since, last) if day), default=date.min)
    return register.facts.as_of - begun > timedelta(days=days)


def _last(register: Register, seat: Seat) -> str:
    last = register.participation.last_part.get((seat.solution, seat.person))
    return f"last on {spelled(last)}" if last else "none yet"
