"""From an uploaded event log to a delivery that can be looked over, taken over, set aside and undone.

The file lies in the data folder until it is taken over or set aside. It holds names; what is stored afterwards holds pseudonyms.
"""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.adoption.models import Behaviour
from commonground.adoption.tasks import ask_observing
from commonground.events.models import READ, REFUSED, WORKING, Delivery, Log, LogError
from commonground.events.rows import Rows
from commonground.intake.log_preview import Tally, counted, doubts, summary
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.reading import Look, Options, look, read_log
from commonground.intake.models import SavedMapping
from commonground.intake.problems import BadInput, Problem
from commonground.intake.references import Index
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit, UnitPeriod
from commonground.programs.models import Program
from commonground.workflows.tasks import ask_measuring

TABLE = "events"  # under which mappings of logs are kept beside those of sheets
IN_THE_PAGE = 16_000_000  # bytes of a file that is read while the page waits; a larger one in a task
WAITED_FOR = 1_000_000  # events of a log that is made anew while the page waits
SORTS, OF_A_SORT = 30, 5
PACKED = 8  # how much larger than its file a packed log is, about
KEPT_OUT = "kept-out.csv"

CANCEL = "cancel"  # in the options of a delivery: somebody asked that what is under way be stopped
READING = "rows read"  # how the store says that it is still reading
Progress = Callable[[int], None]


class StoppedError(Exception):
    """Somebody cancelled what was under way."""


def folder_of(row: Delivery) -> Path:
    """Where the file of a delivery lies until it is taken over, and after that the list of the rows that were kept out."""
    return folder_at(row.place)


def folder_at(place: str) -> Path:
    return Path(settings.DATA) / "imports" / place


def place_of_file(place: str) -> Path:
    """A folder for the file alone, so that it keeps its name, by which problems in it are told."""
    return folder_at(place) / "file"


def file_of(row: Delivery) -> Path:
    """The file as it came. Raises LogError when it is gone."""
    found = sorted(place_of_file(row.place).glob("*"))
    if not found:
        raise LogError(f"The file “{row}” is no longer here. Bring it again.")
    return found[0]


def bring(log: Log, upload: "UploadedFile[Any] | Path", *, source: str, by: Actor, at: datetime) -> Delivery:
    """Keeps a file, looks at its first rows, and begins a delivery. Raises BadInput when it cannot be read as a log at all.

    A file that Django wrote to disk is moved, never copied; one named by its path (the command line) is only pointed to.
    """
    name = Path(str(upload.name)).name[-150:] or "log"
    place = secrets.token_hex(8)
    place_of_file(place).mkdir(parents=True)
    try:
        path = _kept(upload, place_of_file(place) / name)
        if not path.stat().st_size:
            raise BadInput(f"{name} is empty. Bring the log that your system wrote.")
        seen = look(path, name)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Delivery.objects.bring(
            log,
            file=name,
            source=source,
            digest=digest,
            by=by,
            at=at,
            place=place,
            mapping=dict(seen.found),
            options=written(Options(zone=settings.TIME_ZONE)) | {"size": path.stat().st_size},
            summary={"kind": seen.kind},
        )
    except BaseException:
        shutil.rmtree(folder_at(place), ignore_errors=True)
        raise


def _kept(upload: "UploadedFile[Any] | Path", path: Path) -> Path:
    if isinstance(upload, Path):
        path.symlink_to(upload.resolve())
    elif hasattr(upload, "temporary_file_path"):
        shutil.move(upload.temporary_file_path(), path)
    else:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    return path


def look_at(row: Delivery) -> Look:
    """The columns of a delivery's file and a few values: asked anew each time, since values of unread columns are never stored."""
    return look(file_of(row), row.file)


def bring_to(
    log: Log | None,
    upload: "UploadedFile[Any] | Path",
    *,
    name: str,
    source: str,
    program: Program,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Begins a delivery to a log, or to a new one of this name where none is given. All or nothing; raises BadInput."""
    with transaction.atomic():
        row = bring(log or Log.objects.begin(name, by=by, at=at), upload, source=source, by=by, at=at)
        remember(row, program, look_at(row))
    return row


def is_large(row: Delivery) -> bool:
    """Whether a page should not wait until the file is read, or the log is made anew."""
    if row.log.events > WAITED_FOR:
        return True
    packed = PACKED if row.file.casefold().endswith((".gz", ".parquet")) else 1
    return int(row.options.get("size", 0)) * packed > IN_THE_PAGE


def people_in(seen: Look) -> set[str]:
    """Which values of a first look name somebody of the organization, by name, id or e-mail, and further columns that may hold persons."""
    values = {value for some in seen.samples.values() for value in some}
    rows = Person.objects.filter(Q(name__in=values) | Q(key__in=values) | (Q(email__in=values) & ~Q(email="")))
    known = {one for row in rows.values_list("name", "key", "email") for one in row}
    return (known & values) | set(seen.beside.get("person", ()))


# options and mappings


def written(options: Options) -> dict[str, Any]:
    """Options as they are kept beside a delivery."""
    return {"missing": [word for word in options.missing if word], "day_first": options.day_first, "zone": options.zone}


def options_of(row: Delivery) -> Options:
    given = row.options
    return Options(missing=("", *given["missing"]), day_first=given["day_first"], zone=given["zone"])


def headers_digest(headers: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(headers).encode()).hexdigest()


def remember(row: Delivery, program: Program, seen: Look) -> None:
    """Reads a new delivery as the importer said of an earlier file with the same headers, and proposes its log's last agreement."""
    said = SavedMapping.objects.of(program, TABLE, headers_digest(seen.headers))
    if said is not None:
        kept = dict(said)
        row.options |= {"missing": kept.pop("missing", "").split("\n"), "day_first": _flag(kept.pop("day_first", ""))}
        row.options["missing"] = [word for word in row.options["missing"] if word]
        row.mapping = {ours: header for ours, header in kept.items() if header in seen.headers}
    before = row.log.deliveries.exclude(pk=row.pk).exclude(agreement="").first()
    if before is not None:
        row.agreement, row.agreed_on = before.agreement, before.agreed_on
    row.save(update_fields=["options", "mapping", "agreement", "agreed_on"])


def _flag(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


@dataclass(frozen=True)
class Said:
    """What the importer says about a file: its columns (ours → header), how it is read, and on whose agreement it is taken in."""

    mapping: Mapping[str, str]
    missing: Iterable[str]
    day_first: bool | None
    agreement: str
    agreed_on: date | None


def say(row: Delivery, said: Said, *, program: Program | None, headers: Iterable[str], by: Actor, at: datetime) -> None:
    """Takes over what was said, and keeps what columns mean for the next file of the same headers."""
    row.mapping = dict(said.mapping)
    options = replace(options_of(row), missing=tuple(said.missing), day_first=said.day_first)
    row.options |= written(options)
    row.options.pop(CANCEL, None)
    row.save(update_fields=["mapping", "options"])
    row.agree(said.agreement, on=said.agreed_on, by=by, at=at)
    if program is not None:
        kept = {**row.mapping, "missing": "\n".join(row.options["missing"])}
        if said.day_first is not None:
            kept["day_first"] = "yes" if said.day_first else "no"
        SavedMapping.objects.all().keep(program, TABLE, headers_digest(headers), kept, at=at)


# looking over and taking over


def units_known() -> Index:
    """The units of the organization by id and by every name they ever had: a log tells of the past."""
    index = Index()
    index.add(list(Unit.objects.values_list("key", flat=True)))
    named = list(UnitPeriod.objects.values_list("unit__key", "name").distinct())
    index.add([key for key, _ in named], [name for _, name in named])
    return index


def check(row: Delivery, *, progress: Progress | None = None) -> None:
    """Reads the whole file once and keeps what was found for its page. Raises StoppedError when it was cancelled meanwhile."""
    tally, kept = Tally(), KeptOut()
    row.summary = {"kind": row.summary.get("kind", "")}
    try:
        for _ in counted(_pieces(row, kept), tally):
            if progress is not None:
                progress(tally.rows)
        _keep_found(row, tally, kept)
    except (BadInput, LogError) as error:
        row.summary |= {"refused": str(error)}
    if row.pk is not None:
        if progress is not None:
            progress(tally.rows)
        row.state, row.progress = READ, ""
        row.save(update_fields=["state", "progress", "summary"])


def _pieces(row: Delivery, kept: KeptOut) -> Iterator[Rows]:
    return read_log(file_of(row), mapping=row.mapping, options=options_of(row), name=row.file, kept_out=kept)


def _same(row: Delivery) -> int | None:
    """The delivery of the same file that stands in the log already."""
    same = row.log.deliveries.standing().filter(digest=row.digest).exclude(pk=row.pk)
    return same.values_list("pk", flat=True).first()


def _problems(row: Delivery, kept: KeptOut) -> dict[str, Any]:
    """How many rows are kept out, the sorts of why for the page, and all that were kept as a file beside it."""
    path = folder_of(row) / KEPT_OUT
    path.unlink(missing_ok=True)
    if kept.rows or kept.warnings:
        kept.write(path)
    return {"kept_out": kept.rows, "kept_listed": len(kept.problems), "sorts": _sorts((*kept.problems, *kept.warnings))}


def _sorts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems of one sort together: of one column, with one remedy."""
    found: dict[tuple[str | None, str, str], list[Problem]] = {}
    for one in problems:
        found.setdefault((one.column, one.remedy, one.severity), []).append(one)
    return [
        {
            "column": column,
            "remedy": remedy,
            "severity": severity,
            "n": len(ones),
            "rows": [{"row": one.row, "why": one.why} for one in ones[:OF_A_SORT]],
        }
        for (column, remedy, severity), ones in sorted(found.items(), key=lambda item: -len(item[1]))[:SORTS]
    ]


def take_over(row: Delivery, *, by: Actor, at: datetime, progress: Progress | None = None) -> KeptOut:
    """Puts the events of a delivery into its log, removes the file, and answers which rows were kept out.

    Raises LogError with the reason why not, or StoppedError.
    """
    tally, kept, looked_over = Tally(), KeptOut(), "rows" in row.summary
    rows = 0

    def watched() -> Iterator[Rows]:
        nonlocal rows
        for piece in _pieces(row, kept) if looked_over else counted(_pieces(row, kept), tally):
            rows += len(piece)
            if progress is not None:
                progress(rows)
            yield piece

    def told(words: str) -> None:
        if progress is not None and words.endswith(READING):
            progress(rows)  # in words of ours, which know how many there are

    joined = row.log.store().standing().joined
    try:
        standing = row.take_over(watched(), by=by, at=at, on_progress=told)
    except BadInput as error:
        raise LogError(str(error)) from error
    if not looked_over:
        _keep_found(row, tally, kept)
    row.summary["joined"] = max(standing.joined - joined, 0)
    row.save(update_fields=["summary"])
    shutil.rmtree(place_of_file(row.place), ignore_errors=True)
    ask_measuring(row.log, at=at)
    ask_observing(row.log, at=at)
    return kept


def _keep_found(row: Delivery, tally: Tally, kept: KeptOut) -> None:
    """What was found, for the pages, beside what is known of the delivery already."""
    row.summary |= summary(tally, units_known()) | _problems(row, kept)
    row.summary["doubts"] = doubts(row.summary, tuple(row.mapping))
    row.summary["same_as"] = _same(row)


def undo(row: Delivery, *, by: Actor, at: datetime) -> None:
    """Makes the log anew without the events of a delivery. Raises LogError with the reason why not."""
    row.undo(by=by, at=at)
    ask_measuring(row.log, at=at)
    ask_observing(row.log, at=at)


def cancel(row: Delivery, *, by: Actor, at: datetime) -> bool:
    """Sets a delivery aside, or asks the worker that is at it to stop; whether it is set aside already."""
    try:
        set_aside(row, by=by, at=at)
    except LogError:
        if not Delivery.objects.filter(pk=row.pk, state=WORKING).update(options={**row.options, CANCEL: True}):
            raise
        return False
    return True


def set_aside(row: Delivery, *, by: Actor, at: datetime) -> None:
    """Does not take it over, and removes its file; a log that never held anything goes with it. Raises LogError."""
    log = row.log
    let_go(row, by=by, at=at)
    followed = Behaviour.objects.filter(log=log).exists()  # what is to be seen in it is said already
    if log.generation == 0 and not followed and not log.deliveries.exclude(state=REFUSED).exists():
        shutil.rmtree(log.store().folder, ignore_errors=True)
        with transaction.atomic():
            record("removed an empty event log", log, by=by, at=at)
            log.delete()


def let_go(row: Delivery, *, by: Actor, at: datetime) -> None:
    """Does not take it over, and removes its file. Its page stays: somebody may look at it just now."""
    row.set_aside(by=by, at=at)
    shutil.rmtree(folder_of(row), ignore_errors=True)
