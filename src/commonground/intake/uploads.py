"""From uploaded files to an import that can be looked over, decided about and taken over."""

import gc
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from commonground.access.actor import Actor
from commonground.access.retention import edge
from commonground.analysis.plan.book import ABOUT
from commonground.disclosure.clearing import days_under
from commonground.intake import committing
from commonground.intake.checking import Checked
from commonground.intake.folder import book_of, table_of
from commonground.intake.headers import match
from commonground.intake.known import known_to
from commonground.intake.models import READ, REFUSED, WORKING, Import, SavedMapping
from commonground.intake.plan import Options, Plan
from commonground.intake.preview import meant
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable, read_tables
from commonground.intake.summary import summarise
from commonground.intake.together import check_together, whole_file
from commonground.intake.words_of_book import READABLE
from commonground.intake.writing import rows_kept_out, write_csv
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

KEPT = timedelta(days=7)
LARGEST = 200_000_000
IN_THE_PAGE = 20_000  # rows that are checked while the page waits; more of them in a task


@dataclass(frozen=True)
class Look:
    """Files read and compared with what is known: each sheet, every problem, and what taking them over would do."""

    sheets: dict[str, Checked]
    problems: list[Problem]
    plan: Plan


def folder_of(row: Import) -> Path:
    """Where the files of an import lie until it is taken over."""
    return Path(settings.DATA) / "imports" / str(row.options["place"])


def bring(program: Program, files: Iterable[tuple[str, bytes]], *, by: Actor, at: datetime) -> Import:
    """Keeps uploaded files and begins an import. Raises BadInput when there is none, or one is too large."""
    files = [(Path(name).name[:150] or "sheet", data) for name, data in files]
    if not files:
        raise BadInput("No file was chosen. Choose people and processes, or one workbook with both.")
    for name, data in files:
        if len(data) > LARGEST:
            raise BadInput(f"{name} has {len(data) // 1_000_000} MB, more than is read at once. Bring it in parts.")
    digest = hashlib.sha256(b"".join(hashlib.sha256(data).digest() for _, data in files)).hexdigest()
    options: dict[str, Any] = {"day": at.date().isoformat(), "missing": "list", "prefer": None, "leave_out": False}
    options |= {"tables": {}, "place": secrets.token_hex(8)}
    names = [name for name, _ in files]
    row = Import.objects.create(program=program, files=names, digest=digest, by_id=by.user, at=at, options=options)
    place = folder_of(row)
    place.mkdir(parents=True)
    for number, (name, data) in enumerate(files):
        (place / f"{number:02}-{name}").write_bytes(data)
    forget_old(at)
    return row


def forget_old(at: datetime) -> int:
    """Removes files that have lain longer than they are kept; what was not taken over by then is set aside. Returns how many imports.

    Called by retention, when the page of imports is opened and when sheets are brought.
    """
    return forget_before(edge(day_of(at), days_under("intake.sheets", KEPT.days)), at)


def lying_since(before: date) -> list[Import]:
    """The imports brought before a day whose files lie here still. One that is under way is left twice as long, in case it has stopped."""
    place = Path(settings.DATA) / "imports"
    lying = sorted(folder.name for folder in place.iterdir()) if place.is_dir() else []
    rows = Import.objects.filter(at__date__lt=before, options__place__in=lying) if lying else Import.objects.none()
    return list(rows.exclude(state=WORKING, at__date__gte=before - KEPT))


def forget_before(before: date, at: datetime) -> int:
    """Removes the files of imports brought before a day. Returns how many imports that were."""
    old = lying_since(before)
    for row in old:
        if row.state in (READ, WORKING):
            set_aside(row, at=at)
        shutil.rmtree(folder_of(row), ignore_errors=True)
    return len(old)


def files_of(row: Import) -> list[tuple[str, bytes]]:
    """The files of an import as they came. Raises CannotError when they are gone."""
    place = folder_of(row)
    found = sorted(place.glob("[0-9][0-9]-*")) if place.is_dir() else []
    if not found:
        raise CannotError(f"The files of “{row}” are no longer here. Bring them again.")
    return [(path.name[3:], path.read_bytes()) for path in found]


def raw_tables(row: Import, problems: list[Problem]) -> dict[str, RawTable]:
    """Table → what stands in the file that is read as it: as the importer said, else by name, else by headers."""
    chosen: Mapping[str, str] = row.options.get("tables", {})
    found: dict[str, RawTable] = {}
    raws: list[RawTable] = []
    for name, data in files_of(row):
        try:
            raws += read_tables(data, name)
        except BadInput as error:
            problems.append(whole_file(name, error))
    if raws and row.options.get("table"):  # the command line says what it is, and perhaps in which sheet
        return {row.options["table"]: meant(READABLE[row.options["table"]], raws, row.options.get("sheet", ""))}
    raws = [raw for raw in raws if raw.name != ABOUT]  # what a workbook written here says of itself
    guesses = [(_guess(raw, chosen), raw) for raw in raws]
    for (table, _), raw in sorted(guesses, key=lambda one: one[0][1]):
        if table and table not in found:
            found[table] = raw
        else:
            why = (
                f"{found[table].file} is read for {table}."
                if table
                else "It does not look like one of the sheets known here."
            )
            remedy = "It was left out. Say which sheet it is, if it is one."
            problems.append(Problem(raw.file, None, None, None, why, remedy, "warning"))
    return found


def tables_with_guesses(row: Import) -> list[tuple[str, RawTable]]:
    """Every table of the files with what it is read as, for the page that asks; "" for none."""
    found: list[tuple[str, RawTable]] = []
    read = {raw.file: table for table, raw in raw_tables(row, []).items()}
    for name, data in files_of(row):
        try:
            found += [(read.get(raw.file, ""), raw) for raw in read_tables(data, name)]
        except BadInput:
            continue
    return found


def _guess(raw: RawTable, chosen: Mapping[str, str]) -> tuple[str, int]:
    """The table that a raw one is read as, and how far-fetched that is."""
    if raw.file in chosen:
        return chosen[raw.file], 0
    named, practice = table_of(raw.name), book_of(raw.name)
    if practice and (named is None or _fit(practice, raw) > _fit(named[0], raw)):
        return practice, 1
    if named:
        return named[0], 1 + named[1]
    fits = {table: _fit(table, raw) for table in READABLE}
    best = max(fits, key=lambda table: fits[table])
    return (best, 100) if fits[best] > 0 else ("", 1000)


def _fit(table: str, raw: RawTable) -> float:
    """How well headers fit a table: the share of the sheet's columns that it knows, if all that it needs are there."""
    mapped = match(READABLE[table], raw.headers).columns
    needed = [column.header for column in READABLE[table].columns if column.needed]
    missing = [header for header in needed if header not in mapped and header != "id"]
    return 0.0 if missing or len(mapped) < 2 else len(mapped) / max(1, sum(map(bool, raw.headers)))


def options_of(row: Import) -> Options:
    """What the importer has decided so far."""
    given = row.options
    return Options(date.fromisoformat(given["day"]), given["missing"], given.get("prefer"))


def headers_digest(raw: RawTable) -> str:
    return hashlib.sha256(json.dumps(raw.headers).encode()).hexdigest()


def look_over(row: Import, *, by: Actor, at: datetime) -> Look:
    """Reads and checks the files of an import and works out what taking them over would do. Writes nothing."""
    with without_pauses():
        return _look_over(row, by, at)


@contextmanager
def without_pauses() -> Iterator[None]:
    """No search for garbage meanwhile: among millions of new objects that are all in use it would take a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _look_over(row: Import, by: Actor, at: datetime) -> Look:
    problems: list[Problem] = []
    raws = raw_tables(row, problems)
    saved = {table: mapping_of(row, table, raw) for table, raw in raws.items()}
    options = options_of(row)
    checked, found, indexes = check_together(
        raws, known=known_to(row.program, options.day), saved=saved, prefer=options.prefer
    )
    planned = committing.plan(row.program, checked, indexes, options, by=by, at=at)
    return Look(checked, [*problems, *found, *planned.problems], planned)


def mapping_of(row: Import, table: str, raw: RawTable) -> dict[str, str]:
    """What was said for this import, else for earlier sheets of the same headers."""
    said = row.mapping.get(table)
    if said is not None:
        return dict(said)
    return SavedMapping.objects.of(row.program, table, headers_digest(raw)) or {}


def check(row: Import, *, by: Actor, at: datetime) -> None:
    """Looks an import over and keeps what was found for its pages, with the rows that are kept out as a file."""
    try:
        look = look_over(row, by=by, at=at)
        row.summary = summarise(look.sheets, look.problems, look.plan)
        keep_rows_out(row, look)
    except (BadInput, CannotError) as error:
        row.summary = {"refused": str(error)}
    row.state, row.progress = READ, ""
    row.save(update_fields=["state", "progress", "summary"])


def keep_rows_out(row: Import, look: Look) -> None:
    """The rows that are kept out, one file for each sheet, for whoever mends them."""
    place = folder_of(row)
    for old in place.glob("kept-out-*"):
        old.unlink()
    for table, checked in look.sheets.items():
        headers, rows = rows_kept_out(checked, [*look.problems, *look.plan.not_brought])
        if rows:
            (place / f"kept-out-{table}.csv").write_bytes(write_csv(headers, rows))


def decide(row: Import, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Changes what the importer decides, and looks the import over anew."""
    row.options = {**row.options, **values}
    row.save(update_fields=["options"])
    check(row, by=by, at=at)


def say_what_columns_mean(row: Import, mapping: Mapping[str, Mapping[str, str]], *, by: Actor, at: datetime) -> None:
    """Takes over a mapping, keeps it for the next sheets of the same headers, and looks the import over anew."""
    row.mapping = {**row.mapping, **{table: dict(one) for table, one in mapping.items()}}
    row.save(update_fields=["mapping"])
    for table, raw in raw_tables(row, []).items():
        if table in mapping:
            SavedMapping.objects.all().keep(row.program, table, headers_digest(raw), dict(mapping[table]), at=at)
    check(row, by=by, at=at)


def take_over(row: Import, *, by: Actor, at: datetime) -> None:
    """Commits an import as it stands now. Raises CannotError; the files are removed once it is taken over."""
    if row.state not in (READ, WORKING):
        raise CannotError(f"“{row}” is {row.state_words}, so it cannot be taken over. Bring the sheets again.")
    try:
        look = look_over(row, by=by, at=at)
    except BadInput as error:
        raise CannotError(str(error)) from error
    if not look.sheets:
        raise CannotError(
            f"“{row}” holds no sheet that can be read, so there is nothing to take over. Bring a corrected one."
        )
    row.summary = summarise(look.sheets, look.problems, look.plan)
    with without_pauses():
        committing.commit(row, look.plan, look.problems, leave_out=bool(row.options.get("leave_out")), by=by, at=at)
    for path in folder_of(row).glob("[0-9][0-9]-*"):
        path.unlink()


def set_aside(row: Import, *, at: datetime) -> None:
    """Does not take it over, and removes its files."""
    if row.state in (READ, WORKING):
        row.state, row.ended_at, row.summary = REFUSED, at, committing.without_values(row.summary)
        row.save(update_fields=["state", "ended_at", "summary"])
    shutil.rmtree(folder_of(row), ignore_errors=True)


def rows_in(row: Import) -> int:
    """About how many rows the files hold: tells whether a page can wait for them."""
    return sum(data.count(b"\n") if not data.startswith(b"PK") else len(data) // 60 for _, data in files_of(row))
