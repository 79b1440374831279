"""Writes the reference page of the sheets from the tables and the words of headers: `python -m commonground.reference`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonground.analysis.plan.book import BY_KEY
from commonground.analysis.tables import TABLES, Column, Table
from commonground.analysis.tables.book import BOOK
from commonground.intake import words, words_of_book
from commonground.intake.dates import LAYOUTS
from commonground.intake.headers import plain
from commonground.intake.said_of_sheets import SAYS
from commonground.intake.values import MISSING

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "sheets.md"
EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "people": {
        "id": "2", "name": "Dieter Hahn", "unit": "Billing", "manager": "", "role": "accounts-head", "level": "manager",
        "email": "dieter.hahn@utility.example", "location": "Harbour Street", "shift": "office hours",
        "language": "English", "front_office": "no", "from": "2019-04-01",
    },
    "units": {"id": "Billing", "name": "Billing", "business_unit": "yes", "product_line": "Water"},
    "roles": {
        "id": "accounts-head", "name": "Head of accounts", "level": "manager", "front_office": "no",
        "definition_before": "Decides which account is opened.", "definition_after": "Decides how accounts are opened.",
        "fate": "change", "effective": "2027-03-01",
    },
    "processes": {
        "id": "P1", "name": "Open the account", "unit": "Billing", "answers_for": "2", "workflow": "move-in",
        "fate": "merge", "to_unit": "Billing", "to_answers_for": "2", "effective": "2027-03-01", "product_line": "Water",
        "open_work": "40 requests", "data": "three cabinets", "taken_over_by": "2",
    },
    "does": {"process": "P1", "person": "2"},
    "workflows": {
        "id": "move-in", "name": "Move in", "customer_need": "Tell you once that I move in",
        "serves_strategy": "One call is enough", "median_lead_working_hours": "138.4",
    },
    "handoffs": {
        "workflow": "move-in", "from_process": "P1", "to_process": "P1", "carries": "call note, by e-mail",
        "when": "as_is", "median_wait_working_hours": "9.6", "cases": "2316", "ping_pong_cases": "394",
    },
    "log_activities": {"activity": "Open account (CRM)", "events": "2290", "log": "crm", "process": "P1"},
    "role_changes": {
        "role": "accounts-head", "kind": "decisions", "size": "-2", "words": "which account is opened when",
        "offered": "the design of the new way", "accepted": "yes", "unit": "Billing", "effective": "2027-03-01",
    },
    "paths": {
        "person": "2", "role": "accounts-head", "fate": "same", "to_unit": "Billing", "to_manager": "2",
        "effective": "2027-03-01",
    },
    "acknowledgements": {
        "role": "accounts-head", "person": "2", "read": "2026-09-11", "discussed_manager": "2026-09-16",
        "discussed_holder": "2026-09-16", "acknowledged": "2026-09-23",
    },
    "stages": {
        "kind": "role", "id": "accounts-head", "consulted": "2026-07-16", "told": "2026-08-25",
        "line_spoke": "2026-08-20", "shown": "2026-08-25",
    },
    "conversations": {"role": "accounts-head", "offered_on": "2026-08-21", "by": "2"},
    "milestones": {"kind": "strategy_agreed", "planned": "2026-05-02", "actual": "2026-05-05", "unit": "Billing"},
    "solutions": {
        "id": "S1", "workflow": "move-in", "question": "How can one move in with one call?", "opened": "2026-05-19",
    },
    "seats": {
        "solution": "S1", "person": "2", "consent": "yes", "hours_per_week": "3", "manager_agreed": "yes",
        "from": "2026-05-19",
    },
    "takes_part": {"solution": "S1", "person": "2", "on": "2026-05-29", "what": "session"},
    "engagements": {"on": "2026-04-02", "with": "Works council", "kind": "influencer", "outside_it": "yes"},
    "activities": {
        "id": "A1", "kind": "Morning round", "unit": "Billing", "practice": "LEAD", "owner": "2", "from": "2026-09-01",
        "to": "2027-01-12", "hours": "40", "state": "running",
    },
    "behaviours": {
        "id": "one-record", "name": "Note the contact in the shared record", "new_way": "shared record", "old_way": "own list",
        "source": "count", "vanity": "no", "starts": "2026-03-02", "target_share": "80 %", "target_on": "2026-12-14",
        "old_sunset": "2027-03-01", "old_possible": "yes", "old_rewarded": "no", "observed_from": "2026-01-05",
    },
    "pace": {
        "behaviour": "one-record", "week": "2026-09-07", "new": "118", "old": "64", "neither": "9", "unit": "Billing",
        "people": "23",
    },
    "forecasts": {
        "behaviour": "one-record", "share": "0.8", "made_on": "2026-09-14", "low": "2027-01-11", "mid": "2027-03-08",
        "high": "2027-06-28", "looks_to": "2029-09-10",
    },
    "sources": {
        "id": "CRM", "behaviours": "one-record", "keeps_days": "400", "known": "yes", "observed_until": "2026-09-06",
        "needed_until": "2028-06-30",
    },
    "voices": {
        "id": "V1", "kind": "idea", "raised": "2026-08-31", "unit": "Billing", "state": "completed", "owner": "2",
        "due": "2026-09-14", "accepted": "2026-09-09", "answered": "2026-09-09", "completed": "2026-11-02",
        "public_answer": "yes", "topic": "first bill", "response": "yes", "credit": "2",
    },
    "rounds": {
        "id": "R1", "instrument": "culture", "purpose": "culture", "opened": "2026-04-13", "closed": "2026-04-30",
        "invited": "1200", "answered": "690",
    },
    "response": {"round": "R1", "unit": "Billing", "share": "55 %", "invited": "140"},
    "amount_of_change": {
        "decided": "2026-05-12", "gap": "0.66", "divergence": "3.5", "raters": "3", "free_hours_per_week": "310",
        "asked_hours_per_week": "280", "concurrent": "2", "above_capacity": "no", "reasons": "yes",
    },
    "impacts": {
        "id": "I1", "kind": "role", "subject": "accounts-head", "by_program": "2", "by_group": "4", "unit": "Billing",
    },
    "perceptions": {
        "id": "F1", "kind": "diminished_role", "raised": "2026-09-07", "role": "accounts-head", "unit": "Billing",
        "answered": "2026-09-14",
    },
    "reassignments": {
        "person": "2", "from_manager": "2", "to_manager": "2", "effective": "2027-03-01", "talked_from": "2026-09-08",
        "talked_to": "2026-09-10", "talked_person": "2026-09-10",
    },
    "team": {
        "person": "2", "consent": "yes", "hours_per_week": "4", "manager_agreed": "yes", "from": "2026-05-19",
        "to": "2027-06-30",
    },
    "sponsors": {"person": "2", "unit": "Billing", "from": "2026-03-02", "to": "2028-06-30", "told": "2026-10-05"},
    "acts": {"person": "2", "on": "2026-11-03", "kind": "visited", "unit": "Billing", "planned": "no"},
    "champions": {
        "person": "2", "unit": "Billing", "level": "manager", "location": "Harbour Street", "shift": "office hours",
        "language": "English", "hours_per_week": "3", "hours_used": "2.5", "contacts": "14", "from": "2026-06-01",
        "to": "2027-06-30",
    },
    "champion_meetings": {"on": "2026-11-10", "people": "24"},
    "capacity": {"hours": "8", "unit": "Billing", "from": "2027-01-01", "to": "2027-07-01"},
    "blackouts": {"from": "2026-12-28", "to": "2027-01-09", "unit": "Billing", "why": "Year end"},
    "budget": {
        "id": "B1", "name": "Trainers and rooms, first wave", "phase": "1", "unit": "Billing", "practice": "TRAIN", "for": "people",
        "owner": "2", "planned": "48000", "committed": "6500", "spent": "21400.50", "hours": "900", "hours_spent": "310",
        "progress": "40 %",
    },
    "phases": {"phase": "2", "unit": "Billing", "from": "2027-03-01", "to": "2028-03-01", "entered": "2027-03-08"},
    "gates": {"gate": "1", "unit": "Billing", "state": "conditional", "asked": "2027-02-20", "decided": "2027-03-08", "by": "2"},
    "evidence": {
        "gate": "1", "unit": "Billing", "criterion": "records", "answer": "met", "how": "filed", "on": "2027-03-01", "by": "2",
        "due": "2027-06-01", "value": "0.92", "words": "400 records drawn by lot, 368 complete",
    },
    "panels": {
        "id": "C1", "name": "Evening with movers", "customers": "households that moved this year", "unit": "Billing",
        "from": "2027-02-01", "to": "2028-02-01",
    },
    "improvements": {
        "id": "J1", "name": "A first bill that explains itself", "panel": "C1", "unit": "Billing", "owner": "2",
        "state": "trying", "from": "2027-03-01", "done": "2027-09-30",
    },
    "reinforcements": {
        "id": "R1", "behaviour": "one-record", "kind": "easier", "on": "2027-03-15", "unit": "Billing", "what": "The form opens filled in",
        "by": "2", "rests_on": "task", "public": "no", "names_people": "no", "measure": "minutes", "new_before": "6", "new_after": "3",
        "old_before": "4", "old_after": "5",
    },
    "sunsets": {
        "behaviour": "one-record", "announced": "2027-02-01", "by": "2", "how": "in each morning round",
        "removes": "The spreadsheet becomes read-only", "who": "2", "removed": "2027-05-03",
    },
    "corrective_steps": {
        "id": "F1", "behaviour": "one-record", "unit": "Billing", "on": "2027-09-01", "about": "Contacts are noted on paper",
        "private_word": "yes", "beside": "yes", "fair": "consistent; explained", "decided_by": "2", "appeal_to": "2",
    },
    "hiccups": {
        "noticed": "yes", "unit": "Billing", "promises": "A call is answered within five minutes; nobody pays a late fee for it",
        "ready": "2027-02-20", "tried": "2027-02-18",
    },
    "experiments": {
        "id": "X1", "name": "A card with the next step", "hypothesis": "With the card, crews say the next step more often",
        "technique": "a card at the point of use", "behaviour": "one-record", "hoped": "5", "design": "together",
        "units": "Billing", "starts": "2027-03-01", "weeks": "10",
        "stop_rule": "Stop when customers wait longer for it; it ends after ten weeks anyway", "decides": "2", "state": "draft",
    },
    "messages": {
        "id": "M1", "title": "From March you book the visit yourself", "side": "inside", "audience": "level=staff", "unit": "Billing",
        "sender_kind": "line", "sender": "2", "channels": "talk; print", "from": "2027-02-01", "to": "2027-02-15", "state": "draft",
        "about_my_work": "yes", "cut_over": "Billing",
    },
    "segments": {"id": "firms", "name": "Small firms", "words": "two nights of the fax line"},
    "reachable": {"segment": "firms", "channels": "email; fax", "contacts": "312"},
    "sendings": {"message": "M1", "channel": "fax", "counted": "412", "sent": "371", "bounced": "28"},
    "steps": {
        "message": "M1", "unit": "Billing", "deliverer": "2", "opens": "2027-02-01", "closes": "2027-02-06", "delivered": "2027-02-03",
    },
    "training": {
        "id": "T1", "name": "The shared record, by doing", "roles": "accounts-head", "units": "Billing", "levels": "manager",
        "everyone": "no", "hours": "4", "touches_crm": "yes", "behaviour": "one-record", "format": "hands_on",
    },
    "sessions": {
        "id": "T1-1", "training": "T1", "on": "2027-02-08", "place": "Harbour Street", "language": "English", "shift": "office hours",
        "seats": "12", "trainer": "2", "held": "yes",
    },
    "attendance": {"training": "T1", "person": "2", "on": "2027-02-08", "state": "attended", "session": "T1-1"},
}  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    "id": "a word or number that tells rows apart",
    "text": "text",
    "day": "a day",
    "number": "a number",
    "week": "a day of the week, or its number (2026-W09)",
    "whole": "a whole number",
    "count": "a whole number from 0 on",
    "share": "a share: 0.8 or 80 %",
    "flag": "yes or no",
    "choice": "one of",
    "ref": "",
}
HEAD = f"""# Sheets

What `commonground check FOLDER` reads and `commonground import` looks over. A sheet is a CSV file (any usual encoding and separator)
or a sheet of a workbook (XLSX, XLS, ODS); the file's or sheet's name says which it is. `people` and `processes` are enough to begin.
This page is made from the tables that the code reads by.

## What holds for every sheet

- **Headers** are compared without case, spaces, punctuation and accents, and by the words listed under each sheet. A column that is not
  matched is left out and never stored. A column that rates a person's attitude is refused, in words.
- **Days** may be written in one layout per column: {", ".join(LAYOUTS)}. Where a column could be read in two ways, that is asked.
- **From and to**: a row holds on the day `from` and no longer on the day `to`. An empty side is open.
- **Yes and no** may be x, 1, true, and the words of German, French, Spanish and Dutch.
- **Nothing known** is an empty cell or one of: {", ".join(f"“{word}”" for word in sorted(MISSING) if word)}.
- **Several values** in a cell are separated by `;`.
- A name may come in two columns (first and last name), and a unit as a path in several (Org level 1, Org level 2 …).
- A reference is an id, or the name where it is clear whom it means.
"""


PRACTICE: Final = """# Sheets of common practice

The communication plan, training plan, RAID log, roadmap, KPI sheet and RACI matrix that people keep in Excel. What they say goes into the
sheets above; `commonground check` does not read them. How: [Take the plan to Excel, and bring it back](../how-to/bring-and-take-excel.md).
"""


def page() -> str:
    """The page as Markdown, sheet by sheet in the order in which they build on each other."""
    return "\n".join([HEAD, *(_sheet(table) for table in TABLES.values()), PRACTICE, *map(_practice, BOOK.values())])


def _practice(table: Table) -> str:
    """A sheet of common practice: its columns with the headers that mean each."""
    one = BY_KEY[table.name]
    lines = [f"## {table.name}\n", f"{one.what} {one.brings}\n"]
    for column in table.columns:
        called = ", ".join(words_of_book.WORDS[table.name].get(column.header, ()))
        needed = " (needed)" if column.needed else ""
        lines.append(f"- `{column.header}`{needed}: {called}")
    return "\n".join([*lines, f"- the sheet itself: {', '.join(words_of_book.SHEETS[table.name])}\n"])


def example(table: Table) -> dict[str, str]:
    """One row of a table, every column of it, empty where nothing is to be said."""
    given = EXAMPLES[table.name]
    return {column.header: given.get(column.header, "") for column in table.columns}


def understood(table: Table, header: str) -> tuple[str, ...]:
    """The headers of other people's sheets that mean a column, the best first, as people write them."""
    found = {plain(header): header}
    for word in (*words.IN_TABLE.get(table.name, {}).get(header, ()), *words.EVERYWHERE.get(header, ())):
        found.setdefault(plain(word), word)
    return tuple(found.values())[1:]


def _sheet(table: Table) -> str:
    row = example(table)
    return "\n".join(
        [
            f"## {table.name}\n",
            f"{SAYS[table.name]}\n",
            "| column | value | needed |",
            "|---|---|---|",
            *(
                f"| `{column.header}` | {_value(column)} | {'yes' if column.needed else ''} |"
                for column in table.columns
            ),
            "",
            f"Rows are told apart by {_listed([_header(table, name) for name in table.key])}. One row of it:\n",
            f"    {','.join(row)}",
            f"    {','.join(row.values())}",
            "",
            "<details><summary>Headers that are understood</summary>\n",
            *_words(table),
            "",
            "</details>\n",
        ]
    )


def _value(column: Column) -> str:
    if column.refers:
        return f"{'several of' if column.many else 'one of'} [{column.refers}](#{column.refers})"
    if column.choices:
        return f"one of {', '.join(f'`{choice}`' for choice in column.choices)}"
    return KINDS[column.kind]


def _words(table: Table) -> list[str]:
    lines = []
    for column in table.columns:
        found = understood(table, column.header)
        if found:
            lines.append(f"- `{column.header}`: {', '.join(found)}")
    named = [word for word in words.SHEETS[table.name] if plain(word) != plain(table.name)]
    return [*lines, f"- the sheet itself: {', '.join(named)}" if named else "- the sheet itself: only by its name"]


def _header(table: Table, name: str) -> str:
    return next(f"`{column.header}`" for column in table.columns if column.name == name)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
