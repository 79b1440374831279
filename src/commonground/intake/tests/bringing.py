"""Sheets brought into the database, in tests."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.apps import apps

from commonground.access.actor import Actor
from commonground.analysis.facts import Row
from commonground.analysis.tables import TABLES
from commonground.intake import uploads
from commonground.intake.batch import plain
from commonground.intake.models import Import
from commonground.intake.writing import cells_of, headers_of, write_csv
from commonground.programs.models import Program

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
DAY = date(2026, 9, 14)
REGISTERS = (
    "organization",
    "programs",
    "workflows",
    "realignment",
    "coalition",
    "adoption",
    "communication",
    "reinforcement",
    "plan",
)


def sheets(tables: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """File name → CSV of each table's rows."""
    return {f"{table}.csv": write_csv(headers_of(TABLES[table]), map(cells_of, rows)) for table, rows in tables.items()}


def bring(program: Program, by: Actor, files: Mapping[str, str | bytes], **options: object) -> Import:
    """Uploaded and looked over, not taken over yet."""
    data = [(name, text.encode() if isinstance(text, str) else text) for name, text in files.items()]
    row = uploads.bring(program, data, by=by, at=AT)
    uploads.decide(row, options, by=by, at=AT)
    return row


def take(program: Program, by: Actor, files: Mapping[str, str | bytes], **options: object) -> Import:
    """Uploaded and taken over."""
    row = bring(program, by, files, **options)
    uploads.take_over(row, by=by, at=AT)
    return row


def everything() -> dict[str, dict[int, dict[str, object]]]:
    """All rows of the registers, by model and id; what is worked out of them is not one."""
    models = [model for name in REGISTERS for model in apps.get_app_config(name).get_models(include_auto_created=True)]
    models = [model for model in models if not getattr(model, "derived", False)]
    return {model._meta.label: {row.pk: plain(row) for row in model._base_manager.all()} for model in models}


def counts(row: Import, table: str) -> dict[str, int]:
    """What the summary says of one table, without what is zero."""
    found = next(one for one in row.summary["tables"] if one["table"] == table)
    return {how: found[how] for how in ("new", "changed", "unchanged", "kept_out", "left") if found[how]}
