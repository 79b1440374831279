"""The people of Northlight: those the story knows by name, everybody else by chance, their line, and where they were before."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from commonground.analysis.facts import Person
from commonground.demo.changing import FLEET_TURN, TURNS
from commonground.demo.days import Days
from commonground.demo.names import Names
from commonground.demo.posts import FRONT, LEVELS, STAYING
from commonground.demo.staffing import CAST, LEFT, LEFT_TOO, STAFF, WHOLE, Staff
from commonground.demo.tree import MERGED, MERGED_INTO, MERGED_ON, PLACE, ROOT, Place, business_unit, copies

POSTS = {post.id: post for post in (*STAYING, *(turn.post for turn in TURNS), FLEET_TURN.post)}
ONLY_ONE = frozenset({"managing-director", "program-lead", "customer-lead"})
RANK = {level: rank for rank, level in enumerate(LEVELS)}
LEADING = 2  # the rank of a team lead: whoever stands as high or higher can lead others
LANGUAGES = (
    ("English",) * 35 + ("Polish",) * 5 + ("Spanish",) * 3 + ("Turkish",) * 3 + ("Arabic",) * 2 + ("Ukrainian",) * 2
)
OUTDOORS = frozenset({"el", "wa", "me"})
STOOD = 2  # the place among those who have left of the one who stood for a unit
MOVED, LEFT_SHARE, HAVE_MAIL_OUTDOORS = 0.07, 0.024, 0.04
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae"})


@dataclass(slots=True)
class Worker:
    """Somebody while the organization is being put together."""

    id: str
    name: str
    role: str
    unit: str
    named: bool = False
    manager: str | None = None
    hired: date | None = None

    @property
    def rank(self) -> int:
        return RANK[POSTS[self.role].level]


@dataclass(frozen=True)
class Workforce:
    """Everybody who works here today, and the rows of the people sheet with their history and those who have left."""

    workers: Sequence[Worker]
    rows: Sequence[Person]
    by_name: Mapping[str, str]
    by_role: Mapping[str, Sequence[Worker]] = field(repr=False)

    def holders(self, role: str, prefix: str = "") -> list[Worker]:
        """Who holds a role in the units whose ids begin so; those known by name first."""
        found = [worker for worker in self.by_role.get(role, ()) if worker.unit.startswith(prefix)]
        return sorted(found, key=lambda worker: not worker.named)


def workforce(days: Days, random: Random, people: int) -> Workforce:
    """`people` people who work here on `days.today`, the same ones for the same random."""
    factor = people / WHOLE
    names = Names(random, frozenset({name for name, _, _ in CAST} | {LEFT[0], LEFT_TOO[0]}))
    workers = _workers(names, factor, people)
    _give_managers(workers)
    for worker in workers:
        worker.hired = days.today - timedelta(days=random.randrange(220, 9000))
    addresses = _Addresses()
    rows = [row for worker in workers for row in _history(worker, days, random, factor, addresses)]
    gone = list(_left(workers, days, random, names, addresses))
    by_role: dict[str, list[Worker]] = {}
    for worker in workers:
        by_role.setdefault(worker.role, []).append(worker)
    by_name = {worker.name: worker.id for worker in workers if worker.named} | {
        LEFT[0]: gone[0].id,
        LEFT_TOO[0]: gone[STOOD].id,
    }
    return Workforce(workers, [*rows, *gone], by_name, by_role)


def _workers(names: Names, factor: float, people: int) -> list[Worker]:
    sizes = [_size(staff, factor) for staff in STAFF]
    largest = max(range(len(STAFF)), key=lambda place: sizes[place])
    sizes[largest] += people - sum(sizes)
    found: list[Worker] = []
    for staff, size in zip(STAFF, sizes, strict=True):
        units = [key for unit in staff.units for key in copies(PLACE[unit], factor)]
        cast = _cast(staff)
        for place in range(size):
            key = f"N{1001 + len(found)}"
            if place < len(cast):
                name, role, unit = cast[place]
                found.append(Worker(key, name, role, unit, named=True))
            else:
                found.append(Worker(key, names.next(), staff.role, units[place % len(units)]))
    return found


def _cast(staff: Staff) -> list[tuple[str, ...]]:
    place = business_unit(staff.units[0])
    return [one for one in CAST if one[1] == staff.role and business_unit(one[2]) == place]


def _size(staff: Staff, factor: float) -> int:
    return 1 if staff.role in ONLY_ONE else max(len(_cast(staff)), round(staff.holders * factor), 1)


def _give_managers(workers: Sequence[Worker]) -> None:
    """Each unit has one head, the first of its highest level, who reports upwards; the rest report to the next higher level in it."""
    leaders: dict[str, dict[int, list[Worker]]] = {}
    for worker in workers:
        if worker.rank <= LEADING:
            leaders.setdefault(worker.unit, {}).setdefault(worker.rank, []).append(worker)
    top = workers[0]
    turns: dict[tuple[str, int], int] = {}
    for worker in workers:
        if worker is top:
            continue
        above = _above(worker, leaders)
        turn = turns.get((worker.unit, worker.rank), 0)
        turns[worker.unit, worker.rank] = turn + 1
        worker.manager = top.id if not above else above[0 if worker.named else turn % len(above)].id


def _above(worker: Worker, leaders: Mapping[str, Mapping[int, list[Worker]]]) -> list[Worker]:
    here = leaders.get(worker.unit, {})
    if worker.rank <= LEADING and worker.rank == min(here) and here[worker.rank][0] is not worker:
        return here[worker.rank][:1]
    unit: str | None = worker.unit
    while unit is not None and unit != ROOT:
        higher = [rank for rank in leaders.get(unit, {}) if rank < worker.rank]
        if higher:
            return leaders[unit][max(higher)]
        unit = _place(unit).parent
    return []


def _place(unit: str) -> Place:
    return PLACE.get(unit) or PLACE[unit.rpartition("-")[0]]


class _Addresses:
    """E-mail addresses, no two alike."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, name: str) -> str:
        given, _, family = name.partition(" ")
        plain = unicodedata.normalize("NFKD", f"{given}.{family}".translate(PLAIN)).encode("ascii", "ignore").decode()
        stem = plain.lower().replace(" ", "")
        number = self._taken[stem] = self._taken.get(stem, 0) + 1
        return f"{stem}{number if number > 1 else ''}@northlight.example"


def _row(worker: Worker, random: Random, addresses: _Addresses, end: date | None = None) -> Person:
    home = business_unit(worker.unit)
    at_a_desk = home not in OUTDOORS or POSTS[worker.role].level != FRONT
    return Person(
        id=worker.id,
        name=worker.name,
        unit=worker.unit,
        manager=worker.manager,
        role=worker.role,
        email=addresses.of(worker.name) if at_a_desk or random.random() < HAVE_MAIL_OUTDOORS else None,
        location=_place(worker.unit).location,
        shift=_shift(worker, random),
        language=random.choice(LANGUAGES),
        start=worker.hired,
        end=end,
    )


def _shift(worker: Worker, random: Random) -> str:
    if "night" in worker.unit:
        return "night"
    if worker.unit.startswith(("cc-phone-", "el-control", "wa-works")):
        return random.choice(("early", "late"))
    outside = business_unit(worker.unit) in OUTDOORS and worker.rank >= LEADING
    return "early" if outside and _place(worker.unit).crew else "office hours"


def _history(worker: Worker, days: Days, random: Random, factor: float, addresses: _Addresses) -> Iterator[Person]:
    now = _row(worker, random, addresses)
    before = _before(worker, days, random, factor)
    if before is None:
        yield now
        return
    unit, role, until = before
    yield now._replace(unit=unit, role=role, manager=None, end=until)
    yield now._replace(start=until)


def _before(worker: Worker, days: Days, random: Random, factor: float) -> tuple[str, str, date] | None:
    """Where somebody was before, as what, and until when. The merged unit's people came with it; others moved between crews."""
    from_merged = worker.unit == MERGED_INTO and worker.rank > LEADING and int(worker.id[1:]) % 3 != 0
    chance, day = random.random(), days.on(-random.randrange(30, 200))
    if from_merged or worker.name == "Hannah Brandt":
        return MERGED, "account-clerk", days.on(MERGED_ON)
    if worker.named or chance >= MOVED or worker.rank <= LEADING:
        return None
    siblings = [place for place in PLACE.values() if place.crew and place.parent == _place(worker.unit).parent]
    choices = [place.id for place in siblings if place.id != worker.unit]
    return (random.choice(choices), worker.role, day) if choices else None


def _left(
    workers: Sequence[Worker], days: Days, random: Random, names: Names, addresses: _Addresses
) -> Iterator[Person]:
    """Those who have left: the one whose work still carries her name first, among the others the one who stood for a unit."""
    yield _row(_gone(LEFT, 0, workers, days), random, addresses, days.on(LEFT[3]))
    for number in range(1, round(len(workers) * LEFT_SHARE)):
        like = workers[random.randrange(len(workers) // 3, len(workers))]
        key, name = f"N{1001 + len(workers) + number}", names.next()
        gone = Worker(key, name, like.role, like.unit, manager=like.manager, hired=like.hired)
        end = days.on(-random.randrange(15, 200))
        if number == STOOD:
            gone, end = _gone(LEFT_TOO, number, workers, days), days.on(LEFT_TOO[3])
        yield _row(gone, random, addresses, end)


def _gone(left: tuple[str, str, str, int], number: int, workers: Sequence[Worker], days: Days) -> Worker:
    name, role, unit, _ = left
    manager = next(w.manager for w in workers if w.role == role)
    hired = days.today - timedelta(days=8200)
    return Worker(f"N{1001 + len(workers) + number}", name, role, unit, manager=manager, hired=hired)
