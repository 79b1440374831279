"""What becomes of the holders of changing roles, and how far each has read and talked over the new words."""

from collections.abc import Iterable, Iterator

from commonground.analysis.facts import Acknowledgement, Path, Reassignment
from commonground.demo.changing import CUT_OVER, TYPING_ENDS
from commonground.demo.days import Days
from commonground.demo.plots import Plot
from commonground.demo.story import CLERKS_WHO_ACKNOWLEDGED, TYPISTS_WITH_A_PLACE
from commonground.demo.workforce import Worker, Workforce

PHONES = ("cc-phone-1", "cc-phone-2", "cc-phone-3", "cc-phone-4")
NEXT_FOR_TYPISTS = (("account-clerk", "bi-accounts"), ("reading-clerk", "bi-readings"), ("phone-agent", "cc-phone-2"))
WHO_JOIN_THE_PHONES = 11 / 24


def paths(plot: Plot, days: Days, force: Workforce) -> Iterator[Path]:
    """One row a holder of a role whose people stay, move or end; the same word has gone to all of one role."""
    cut_over, typing_ends = days.on(CUT_OVER), days.on(TYPING_ENDS)
    for role in ("dispatch-lead", "supply-lead", "account-lead"):
        for worker in force.holders(role):
            yield Path(worker.id, role, "same", effective=cut_over)
    leads = {unit: [lead for lead in force.holders("phone-lead") if lead.unit == unit] for unit in PHONES}
    joining = sorted(force.holders("account-specialist"), key=lambda one: (one.named, one.manager or "", one.id))
    movers: list[tuple[str, list[Worker]]] = [
        ("dispatch-planner", force.holders("dispatch-planner")),
        ("account-specialist", joining[: round(len(joining) * WHO_JOIN_THE_PHONES)]),
    ]
    for role, workers in movers:
        for number, worker in enumerate(workers):
            unit = PHONES[number % len(PHONES)]
            lead = leads[unit][number // len(PHONES) % len(leads[unit])]
            yield Path(worker.id, role, "same", None, unit, lead.id, cut_over)
    records = force.holders("records-specialist", "el-records")[0].manager
    for worker in force.holders("records-specialist", "wa-records"):
        yield Path(worker.id, "records-specialist", "same", None, "el-records", records, cut_over)
    for worker in force.holders("cashier"):
        yield Path(worker.id, "cashier", "new_role", "desk-agent", worker.unit, None, typing_ends)
    typists = force.holders("reading-typist")
    placed = round(len(typists) * TYPISTS_WITH_A_PLACE / 9)
    for number, worker in enumerate(typists):
        if number < placed:
            role, unit = NEXT_FOR_TYPISTS[number // 2 % len(NEXT_FOR_TYPISTS)]
            yield Path(worker.id, "reading-typist", "new_role", role, unit, None, typing_ends)
        else:
            yield Path(worker.id, "reading-typist", "open", effective=typing_ends)


# role → how many of those who get another manager have had the talk of three, and how many were spoken with by the old one alone
TALKED = {"records-specialist": (1, 1), "account-specialist": (1, 1), "dispatch-planner": (0.1, 0.3)}


def reassignments(moved: Iterable[Path], days: Days, force: Workforce) -> Iterator[Reassignment]:
    """Whoever gets another manager, and who of the three has noted that they talked."""
    led = {worker.id: worker.manager for worker in force.workers}
    going: dict[str, list[Path]] = {}
    for path in moved:
        if path.to_manager and path.to_manager != led[path.person]:
            going.setdefault(path.role, []).append(path)
    for role, rows in going.items():
        all_three, one = TALKED.get(role, (0, 0))
        for number, path in enumerate(rows):
            done, begun = number < round(len(rows) * all_three), number < round(len(rows) * one)
            yield Reassignment(
                path.person,
                led[path.person],
                path.to_manager,
                path.effective,
                days.on(-16) if begun else None,
                days.on(-14) if done else None,
                days.on(-14) if done else None,
            )


def acknowledgements(days: Days, force: Workforce) -> Iterator[Acknowledgement]:
    """Who has read, talked over and acknowledged which role."""
    for role, read in (("phone-agent", -368), ("letter-agent", -203)):
        for worker in force.holders(role):
            yield _whole(days, role, worker, read)
    yield from _partly(days, force, "reading-clerk", CLERKS_WHO_ACKNOWLEDGED / 14, 0.8)
    yield from _partly(days, force, "account-lead", 1, 1)
    yield from _partly(days, force, "account-specialist", 0.5, 0.8)
    yield from _partly(days, force, "dispatch-planner", 0.6, 0.9)
    yield from _partly(days, force, "records-specialist", 0.3, 0.7)
    yield from _partly(days, force, "meter-reader", 0, 0.4)
    yield from _partly(days, force, "crew-foreman", 0.7, 0.9)
    yield from _partly(days, force, "phone-lead", 0.6, 1)
    yield from _partly(days, force, "supply-lead", 0, 0.5)
    for number, worker in enumerate(force.holders("dispatch-lead")):
        talked = days.on(-8) if number == 0 else None
        yield Acknowledgement("dispatch-lead", worker.id, days.on(-13), talked, talked, None)


def _whole(days: Days, role: str, worker: Worker, read: int) -> Acknowledgement:
    return Acknowledgement(role, worker.id, days.on(read), days.on(read + 5), days.on(read + 5), days.on(read + 12))


def _partly(days: Days, force: Workforce, role: str, done: float, read: float) -> Iterator[Acknowledgement]:
    """The first `done` of the holders have acknowledged, up to `read` of them have read it; the rest have not opened it yet."""
    holders = force.holders(role)
    for number, worker in enumerate(holders):
        if number < round(len(holders) * done):
            yield _whole(days, role, worker, -18)
        elif number < round(len(holders) * read):
            yield Acknowledgement(role, worker.id, days.on(-12))
