"""How guidelines name and count things in their sentences."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from commonground.analysis.facts import Process, Role
from commonground.analysis.register import Register


def listed(names: Iterable[str], at_most: int = 3, joined_by: str = "and") -> str:
    """Names as in a sentence: "A", "A and B", "A, B and C", "A, B and 4 more"."""
    all_names = list(dict.fromkeys(names))
    if len(all_names) > at_most:
        left = len(all_names) - (at_most - 1)
        all_names = [*all_names[: at_most - 1], f"{left} more"]
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} {joined_by} {all_names[-1]}"


def people(register: Register, ids: Iterable[str]) -> str:
    """People's names in a sentence, in the order of their names."""
    return listed(sorted(register.organization.name(person) for person in ids))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 process", "3 processes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spelled(day: date) -> str:
    """A day as people write it: "9 Nov 2026"."""
    return f"{day.day} {day:%b %Y}"


def week(day: date) -> str:
    """The Monday of a day's week, for what is never told of by its day."""
    return spelled(day - timedelta(days=day.weekday()))


def do_or_does(names: Sequence[str], one: str, many: str) -> str:
    """The verb that fits the number of names."""
    return one if len(names) == 1 else many


def fate_of(register: Register, process: Process) -> str:
    """What is to become of a process, as the end of "which …"."""
    name = register.organization.unit_name
    if process.fate == "move":
        return f"moves to {name(process.to_unit)}" if process.to_unit else "moves to another unit"
    known = {
        "merge": "is merged",
        "automate": "is automated",
        "eliminate": "ends",
        "reshape": "is reshaped",
    }
    if process.fate == "merge" and process.to_unit and process.to_unit != process.unit:
        return f"is merged and moves to {name(process.to_unit)}"
    return known.get(process.fate or "", "gets another owner")


def place(register: Register, process: Process) -> str:
    """Where a process is done: its unit and its workflow, as far as they are known."""
    parts = [register.organization.unit_name(process.unit)]
    if process.workflow:
        parts.append(f"workflow {register.work.workflow_name(process.workflow)}")
    return " · ".join(parts)


def place_of_role(register: Register, role: str) -> str:
    """Where the holders of a role work, and how many they are."""
    organization = register.organization
    holders = organization.holders.get(role, ())
    if not holders:
        return f"role {organization.role_name(role)}"
    units = organization.holder_units[role]
    return f"{listed(sorted(organization.unit_name(unit) for unit in units))} · {counted(len(holders), 'holder')}"


def from_day(role: Role) -> str:
    """The day on which a role changes, as the end of a sentence."""
    return f" on {spelled(role.effective)}" if role.effective else ""


def absent(register: Register, *tables: str) -> str:
    """Says which tables were never given, so that "none" is read as "none recorded"."""
    missing = [table for table in tables if not register.facts.has(table)]
    if not missing:
        return ""
    return f"; no sheet {listed(missing, joined_by='or')}, so none yet"
