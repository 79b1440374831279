"""The commands that take sheets in and give them out: import, export."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonground.config import importing_logs
from commonground.config.importing_logs import AskedLog
from commonground.config.setup import with_django
from commonground.intake.problems import BadInput

if TYPE_CHECKING:
    from commonground.access.actor import Actor
    from commonground.programs.models import Program

app = typer.Typer()


class DayOrder(StrEnum):
    """How days of a column are read that could be either."""

    DAY = "day"
    MONTH = "month"


class Missing(StrEnum):
    """What becomes of people who are known and not in the sheet."""

    IGNORE = "ignore"
    LIST = "list"
    LEFT = "left"


@dataclass(frozen=True)
class Asked:
    """What the command line says about an import."""

    kind: str
    file: Path
    sheet: str
    saved: dict[str, str]
    prefer: str | None


ProgramOption = Annotated[
    str, typer.Option("--program", metavar="SLUG", help="Of which program; may be left out if there is one.")
]
ONLY_LOGS = "Event logs (import events)"


def _log_column(what: str) -> typer.models.OptionInfo:
    """An option that names the column of a log which holds something."""
    option: typer.models.OptionInfo = typer.Option(
        metavar="HEADER", help=f"The column that holds {what}; detected if left out.", rich_help_panel=ONLY_LOGS
    )
    return option


AsOption = Annotated[str, typer.Option("--as", metavar="USERNAME", help="As whom; drafts are seen by them alone.")]


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option of the command line
    kind: Annotated[str, typer.Argument(help="Which sheet it is: people, units, roles, processes, …; or events.")],
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV in any encoding and separator, XLSX, XLS or ODS; an event log is CSV, Parquet or XES, also .gz."
        ),
    ],
    *,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would be taken over; write nothing.")
    ] = False,
    commit: Annotated[bool, typer.Option("--commit", help="Take it over into the database of this instance.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook; else the one that fits best.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(metavar="HEADER=COLUMN", help="What a header means; HEADER= leaves it out.")
    ] = None,
    first: Annotated[
        DayOrder | None, typer.Option("--first", help="Whether 03/04/2025 has its day or its month first.")
    ] = None,
    kept_out: Annotated[
        Path | None, typer.Option("--problems", help="Write the rows that are kept out to this CSV file.")
    ] = None,
    program: ProgramOption = "",
    user: AsOption = "",
    start: Annotated[
        str, typer.Option("--from", metavar="DAY", help="From which day a change holds; else today.")
    ] = "",
    missing: Annotated[Missing, typer.Option(help="People who are known and not in the sheet.")] = Missing.LIST,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Take over the rest although rows are kept out.")
    ] = False,
    log: Annotated[
        str,
        typer.Option(metavar="NAME", help="The log that the file belongs to; begun if new.", rich_help_panel=ONLY_LOGS),
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="NAME", help="The system that it comes from.", rich_help_panel=ONLY_LOGS)
    ] = "",
    agreement: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="The agreement or reason that allows it. It is kept.", rich_help_panel=ONLY_LOGS
        ),
    ] = "",
    agreed_on: Annotated[
        str,
        typer.Option(metavar="DAY", help="Since which day it holds; today if left out.", rich_help_panel=ONLY_LOGS),
    ] = "",
    case: Annotated[str | None, _log_column("what belongs together")] = None,
    activity: Annotated[str | None, _log_column("the step")] = None,
    time: Annotated[str | None, _log_column("the time of the step")] = None,
    person: Annotated[str | None, _log_column("who did it")] = None,
    unit: Annotated[str | None, _log_column("the unit that did it")] = None,
    product_line: Annotated[str | None, _log_column("the product line")] = None,
    channel: Annotated[str | None, _log_column("the channel")] = None,
    event_id: Annotated[str | None, _log_column("the source’s own id of the row")] = None,
    missing_values: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="What stands for a missing value, separated by commas; an empty cell always does.",
            show_default="?,EMPTY",
            rich_help_panel=ONLY_LOGS,
        ),
    ] = None,
    day_first: Annotated[
        bool | None,
        typer.Option(
            "--day-first/--month-first", help="Short for --first day and --first month.", rich_help_panel=ONLY_LOGS
        ),
    ] = None,
) -> None:
    """Reads a sheet, checks every value, says what would be taken over, and with --commit takes it over.

    An event log is taken over unless --preview is said. It needs --log, --source and --agreement; persons become pseudonyms, rows that
    cannot be read are kept out. There is no limit to its size.

    Exit code: 0 all of it can be taken over, 1 some rows are kept out, 2 nothing was taken over: the file cannot be read
    as this sheet, or something refuses it, said in a sentence.
    """
    try:
        prefer = f"{first.value} first" if first else None
        asked = Asked(kind, file, sheet, _saved(column or ()), prefer)
        if commit and preview:
            raise BadInput("Say either --preview or --commit, not both.")
        if kind == importing_logs.KIND:
            columns = {"case": case, "activity": activity, "time": time, "person": person, "unit": unit}
            columns |= {"product_line": product_line, "channel": channel, "id": event_id}
            order = day_first if first is None else first is DayOrder.DAY
            said = AskedLog(file, log, source, agreement, _agreed(agreed_on), _named(columns), missing_values, order)
            failed = _event_log(said, kept_out, user, preview=preview, as_json=as_json)
        elif commit:
            options = {"missing": missing.value, "leave_out": leave_out, **({"day": _day(start)} if start else {})}
            failed = _commit(asked, program, user, options, as_json=as_json)
        else:
            failed = _preview(asked, kept_out, as_json=as_json)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"{kept_out} cannot be written. Name a file in a folder that is there.", err=True)
        raise typer.Exit(2) from error
    raise typer.Exit(1 if failed else 0)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write a CSV for every table; it is made if need be.")],
    program: ProgramOption = "",
    user: AsOption = "",
) -> None:
    """Writes everything that is known as sheets that can be brought back; plans only as far as whoever asks may see them.

    Exit code: 0 written, 2 not, with the reason in a sentence.
    """
    with_django()
    from django.utils import timezone

    from commonground.intake.exporting import facts_for, write_folder

    try:
        facts = facts_for(_program(program), _actor(user), timezone.localdate())
        for path in write_folder(facts, folder):
            typer.echo(str(path))
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"{folder} cannot be written. Name a folder that you may write to.", err=True)
        raise typer.Exit(2) from error


def _event_log(asked: AskedLog, kept_out: Path | None, user: str, *, preview: bool, as_json: bool) -> bool:
    if preview:
        return importing_logs.preview_log(asked, kept_out, as_json=as_json)
    importing_logs.refuse_half(asked)
    with_django()
    return importing_logs.take_log(asked, kept_out, by=_actor(user), as_json=as_json)


def _named(columns: Mapping[str, str | None]) -> dict[str, str]:
    return {ours: header for ours, header in columns.items() if header is not None}


def _agreed(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"--agreed-on {text} is not a day. Write it as year-month-day, such as 2026-03-12.") from None


def _preview(asked: Asked, kept_out: Path | None, *, as_json: bool) -> bool:
    from rich.console import Console

    from commonground.intake.preview import kind_of, preview, show
    from commonground.intake.writing import rows_kept_out, write_csv

    found = preview(kind_of(asked.kind), asked.file, sheet=asked.sheet, saved=asked.saved, prefer=asked.prefer)
    if kept_out:
        kept_out.write_bytes(write_csv(*rows_kept_out(found.checked)))
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        show(found, Console())
    return found.errors > 0


def _commit(asked: Asked, program: str, user: str, options: dict[str, Any], *, as_json: bool) -> bool:
    """Takes a file over; whether rows were kept out. Raises BadInput with the sentence of whatever refuses it."""
    with_django()
    from django.utils import timezone

    from commonground.intake import uploads
    from commonground.intake.preview import kind_of
    from commonground.programs.register import CannotError

    table = kind_of(asked.kind).name
    try:
        data = asked.file.read_bytes()
    except OSError:
        raise BadInput(f"{asked.file.name} cannot be opened. Check that the file is there and may be read.") from None
    by, at = _actor(user), timezone.now()
    row = uploads.bring(_program(program), [(asked.file.name, data)], by=by, at=at)
    row.options = {**row.options, **options, "prefer": asked.prefer, "table": table, "sheet": asked.sheet}
    row.mapping = {table: asked.saved} if asked.saved else {}
    row.save()
    try:
        uploads.take_over(row, by=by, at=at)
    except CannotError as error:
        uploads.set_aside(row, at=at)
        raise BadInput(str(error)) from error
    tables = [{**one, "columns": None} for one in row.summary["tables"]]
    if as_json:
        typer.echo(json.dumps({"import": row.pk, "tables": tables}, ensure_ascii=False, indent=1))
    for one in () if as_json else tables:
        how = ", ".join(
            f"{one[name]:,} {name.replace('_', ' ')}" for name in ("new", "changed", "unchanged", "kept_out", "left")
        )
        typer.echo(f"{one['table']}: {how}")
    return any(one["kept_out"] for one in tables)


def _program(slug: str) -> "Program":
    from commonground.programs.models import Program

    found = list(Program.objects.filter(slug=slug) if slug else Program.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    there = ", ".join(Program.objects.values_list("slug", flat=True)) or "none yet"
    raise BadInput(
        f"{f'There is no program {slug}' if slug else 'Say which program is meant, with --program'}. There are: {there}."
    )


def _actor(username: str) -> "Actor":
    from commonground.access.actor import OPERATOR
    from commonground.accounts.models import User, actor_for

    if not username:
        return OPERATOR
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise BadInput(f"There is no user {username}. Give the name with which they sign in.")
    person = getattr(user, "person", None)
    return actor_for(user, person=person.pk if person is not None else None)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(f"--from {text} is not a day. Write it as year-month-day, such as 2026-11-30.") from None


def _saved(options: Sequence[str]) -> dict[str, str]:
    """HEADER=COLUMN options as a mapping. Raises BadInput for one without "="."""
    saved = {}
    for option in options:
        header, equals, column = option.rpartition("=")
        if not equals:
            raise BadInput(f"--column {option} does not say what the header means. Write HEADER=COLUMN.")
        saved[header.strip()] = column.strip()
    return saved
