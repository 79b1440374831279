"""`commonground import events FILE`: takes an event log in on the server, where a file may be larger than a browser can bring."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from commonground.config import environment
from commonground.intake.problems import BadInput

if TYPE_CHECKING:
    from commonground.access.actor import Actor
    from commonground.events.models import Delivery, Log
    from commonground.intake.logs.kept_out import KeptOut
    from commonground.intake.logs.look import Options

KIND = "events"
MENTIONED = 8


@dataclass(frozen=True)
class AskedLog:
    """What the command line says about a log. columns: ours → header, beside what is detected; an empty header leaves one out."""

    file: Path
    log: str = ""
    source: str = ""
    agreement: str = ""
    agreed_on: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None
    day_first: bool | None = None


def preview_log(asked: AskedLog, kept_out: Path | None, *, as_json: bool) -> bool:
    """Says what the file holds, and writes nothing; whether rows are kept out. Raises BadInput."""
    from commonground.intake.log_preview import Tally, counted, doubts, summary
    from commonground.intake.logs.kept_out import KeptOut
    from commonground.intake.logs.reading import read_log

    zone = environment.words("COMMONGROUND_TIME_ZONE", default="UTC")[0]
    mapping, options = _mapping(asked), _options(asked, zone)
    tally, kept = Tally(), KeptOut()
    with _progress() as say:
        for _ in counted(read_log(asked.file, mapping=mapping, options=options, kept_out=kept), tally):
            say(tally.rows)
    found = summary(tally)
    if kept_out is not None:
        kept.write(kept_out)
    _say(_answer(found, kept, mapping), doubts(found, tuple(mapping)), as_json=as_json)
    return kept.rows > 0


def refuse_half(asked: AskedLog) -> None:
    """Raises BadInput where something is not said without which no log is taken in."""
    if not asked.agreement.strip():
        raise BadInput(
            "Say on whose agreement, or for which reason, this log is taken in: --agreement “Works agreement 14, § 3, of "
            "12 Mar 2026”. To look at it alone, say --preview."
        )
    if not asked.log.strip() or not asked.source.strip():
        raise BadInput("Say the log that the file belongs to and the system it comes from, with --log and --source.")


def take_log(asked: AskedLog, kept_out: Path | None, *, by: "Actor", as_json: bool) -> bool:
    """Takes the file over into the database and the store of this instance; whether rows were kept out. Raises BadInput."""
    from django.utils import timezone

    from commonground.events.models import LogError
    from commonground.intake import log_uploads

    at = timezone.now()
    row = _brought(asked, by, at)
    try:
        with _progress() as say:
            kept = log_uploads.take_over(row, by=by, at=at, progress=say)
    except LogError as error:
        log_uploads.set_aside(row, by=by, at=at)
        raise BadInput(str(error)) from error
    except BaseException:
        log_uploads.set_aside(row, by=by, at=at)
        raise
    if kept_out is not None:
        kept.write(kept_out)
    stands = {name: getattr(row.log, name) for name in ("events", "cases")}
    answer = _answer(row.summary, kept, row.mapping) | {"log": row.log.name, "delivery": row.pk, "stands": stands}
    _say(answer, row.summary.get("doubts", []), as_json=as_json)
    return kept.rows > 0


def _brought(asked: AskedLog, by: "Actor", at: Any) -> "Delivery":
    from django.db import transaction

    from commonground.intake import log_uploads
    from commonground.intake.log_uploads import Said

    mapping = _mapping(asked)
    with transaction.atomic():
        row = log_uploads.bring(_log(asked.log, by, at), asked.file, source=asked.source.strip(), by=by, at=at)
        options = _options(asked, row.options["zone"])
        said = Said(
            mapping,
            [word for word in options.missing if word],
            options.day_first,
            asked.agreement,
            asked.agreed_on or at.date(),
        )
        log_uploads.say(row, said, program=None, headers=(), by=by, at=at)
    return row


def _log(name: str, by: "Actor", at: Any) -> "Log":
    """The log of this name, or a new one."""
    from commonground.events.models import Log

    wanted = " ".join(name.split())
    known = {row.name.casefold(): row for row in Log.objects.all()}
    return known.get(wanted.casefold()) or Log.objects.begin(wanted, by=by, at=at)


def _mapping(asked: AskedLog) -> dict[str, str]:
    from commonground.intake.logs.reading import look

    try:
        found = {**look(asked.file).found, **asked.columns}
    except OSError:
        raise BadInput(f"{asked.file.name} cannot be opened. Check that the file is there and may be read.") from None
    return {ours: header for ours, header in found.items() if header}


def _options(asked: AskedLog, zone: str) -> "Options":
    from commonground.intake.logs.look import MISSING_WORDS, Options

    words = MISSING_WORDS if asked.missing is None else ("", *(word.strip() for word in asked.missing.split(",")))
    return Options(missing=tuple(dict.fromkeys(words)), day_first=asked.day_first, zone=zone)


def _answer(found: Mapping[str, Any], kept: "KeptOut", mapping: Mapping[str, str]) -> dict[str, Any]:
    """The promised keys, and what else was found."""
    return {
        "rows": found["rows"] + kept.rows,
        "cases": found["cases"],
        "events": found["rows"],
        "people": found["people"],
        "units": found["n_units"],
        "activities": found["n_activities"],
        "period": {"first": found["first"], "last": found["last"]},
        "columns": dict(mapping),
        "kept_out": kept.rows,
        "problems": [one.as_dict() for one in (*kept.problems, *kept.warnings)],
    }


def _say(answer: Mapping[str, Any], doubts: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _show(answer)
    for words in doubts:
        typer.echo(f"note: {words}", err=True)


def _show(answer: Mapping[str, Any]) -> None:
    period = answer["period"]
    when = f", {period['first'][:10]} to {period['last'][:10]}" if period["first"] else ""
    typer.echo(f"{answer['events']:,} events of {answer['cases']:,} cases{when}")
    typer.echo(f"{answer['activities']:,} activities, {answer['units']:,} units, {answer['people']:,} people")
    typer.echo("Read as " + ", ".join(f"{ours} from {header}" for ours, header in answer["columns"].items()))
    if answer["kept_out"]:
        typer.echo(f"{answer['kept_out']:,} rows are kept out:")
        for one in [one for one in answer["problems"] if one["severity"] == "error"][:MENTIONED]:
            typer.echo(f"  row {one['row']}, {one['column']}: {one['why']} {one['remedy']}")
    if "stands" in answer:
        stands = answer["stands"]
        typer.echo(f"“{answer['log']}” now holds {stands['events']:,} events of {stands['cases']:,} cases.")


@contextmanager
def _progress() -> Iterator[Any]:
    """Says on standard error how many rows were read, where that is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Reading the log …") as status:
        yield lambda rows: status.update(f"{rows:,} rows read …")
