"""Everything of a program as the sheets that are read back, as far as the reader may see it."""

from datetime import date
from pathlib import Path

from commonground.access.actor import Actor
from commonground.analysis.facts import Facts
from commonground.analysis.plan.book import BY_KEY
from commonground.analysis.tables import TABLES
from commonground.guidance.embargo import hidden_from
from commonground.guidance.facts_source import facts_of
from commonground.intake.writing import cells_of, headers_of, write_csv, write_xlsx
from commonground.programs.models import Program


def facts_for(program: Program, actor: Actor, day: date) -> Facts:
    """What an actor may see of a program as of a day, plans only as far as they are entitled to all of their stage."""
    return facts_of(program, hidden_from(actor).deepest(program.pk), day)


def workbook_of(facts: Facts) -> bytes:
    """One workbook with a sheet for every table that holds anything."""
    return write_xlsx([(table, headers_of(TABLES[table]), map(cells_of, facts.rows(table))) for table in facts])


def template_of(table: str, ending: str) -> bytes:
    """An empty sheet in the layout that is read, as "csv" or "xlsx"."""
    headers = BY_KEY[table].headers if table in BY_KEY else headers_of(TABLES[table])
    return write_xlsx([(table, headers, [])]) if ending == "xlsx" else write_csv(headers, [])


def whole_template() -> bytes:
    """A workbook with an empty sheet for every table."""
    return write_xlsx([(name, headers_of(table), []) for name, table in TABLES.items()])


def write_folder(facts: Facts, folder: Path) -> list[Path]:
    """Writes a CSV for every table that holds anything. Answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in facts:
        path = folder / f"{table}.csv"
        path.write_bytes(write_csv(headers_of(TABLES[table]), map(cells_of, facts.rows(table))))
        written.append(path)
    return written
