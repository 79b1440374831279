"""“What is held on me”: everything on one person, from every folder, to read and to take away. Nobody opens anybody else's."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from commonground import VERSION
from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.disclosure.clearing import OURS, in_force
from commonground.organization.models import Person
from commonground.ui.csv_response import csv_lines
from commonground.ui.words import day as day_words
from commonground.ui.words import number, plural

FIRST = ("organization", "workflows", "realignment", "programs", "voice", "assessments", "adoption", "guidance")


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind as a page shows it. head: names of columns; rows: cells in words, each with its column; keeps: how long, in words."""

    held: Held
    head: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str]]]
    keeps: str

    @property
    def count(self) -> int:
        return len(self.held.rows)

    @property
    def cut(self) -> int:
        """How many rows stand in the file alone."""
        return self.count - len(self.rows)


def held_of(user: User, person: Person | None) -> list[Held]:
    """What every folder with a `held.py` holds on this user, who is this person in the register; None: is not in it."""
    return [one for told in _told_by() for one in told(person=person, user=user)]


def _told_by() -> Iterator[Any]:
    """The `held_on` of each folder: the person and their work first, then what folders above and below them hold."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith(OURS) and config.module]
    for config in sorted(ours, key=lambda config: FIRST.index(config.label) if config.label in FIRST else len(FIRST)):
        if module_has_submodule(config.module, "held"):
            module = import_module(f"{config.name}.held")
            if hasattr(module, "held_on"):  # `reports.held` is this file
                yield module.held_on


def shown(found: Sequence[Held], most: int) -> list[Shown]:
    """As a page shows it, at most so many rows of each kind: the kinds of which something is held first."""
    days = in_force()
    return [
        Shown(
            one,
            head=list(one.rows[0]) if one.rows else [],
            rows=[[(name, _said(value)) for name, value in row.items()] for row in list(one.rows)[:most]],
            keeps=_keeps(one, days),
        )
        for one in sorted(found, key=lambda one: not one.rows)
    ]


def _keeps(one: Held, days: dict[str, int | None]) -> str:
    if not one.keeping or one.keeping not in days:
        return "Kept as long as the program is, or until it is removed."
    kept = days[one.keeping]
    return "Not removed by itself." if kept is None else f"Removed by itself after {plural(kept, 'day')}."


def _said(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        here = value.astimezone(timezone.get_current_timezone())
        return f"{day_words(here)}, {here:%H:%M}"
    if isinstance(value, date):
        return day_words(value)
    return number(value) if isinstance(value, int | float) else str(value)


def statement(found: Sequence[Held]) -> str:
    """How much is held, in a sentence."""
    kinds = [one for one in found if one.rows]
    if not kinds:
        return "Nothing is held on you that could be shown"
    entries = sum(len(one.rows) for one in kinds)
    return f"{plural(entries, 'entry,entries')} of {plural(len(kinds), 'kind')} {'is' if entries == 1 else 'are'} held on you"


def as_json(found: Sequence[Held], *, name: str, day: date) -> str:
    """Everything as one JSON text: days and times as ISO 8601."""
    kinds = [
        {"kind": one.kind, "what": one.words, "source": one.source, "not shown": one.hidden, "rows": list(one.rows)}
        for one in found
    ]
    about = {"held on": name, "on": day.isoformat(), "made by": f"Commonground {VERSION}"}
    return json.dumps({**about, "kinds": kinds}, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def as_archive(found: Sequence[Held], *, name: str, day: date) -> bytes:
    """A ZIP with a page to read, the JSON, and a CSV for each kind of which something is held."""
    whole = shown(found, most=10**9)
    page = render_to_string("reports/held_file.html", {"kinds": whole, "name": name, "day": day, "version": VERSION})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me-first.html", page)
        archive.writestr("all.json", as_json(found, name=name, day=day))
        for one in found:
            if one.rows:
                rows = (
                    [_plain(value) if isinstance(value, date) else value for value in row.values()] for row in one.rows
                )
                archive.writestr(f"{one.kind}.csv", "".join(csv_lines(list(one.rows[0]), rows)))
    return buffer.getvalue()
