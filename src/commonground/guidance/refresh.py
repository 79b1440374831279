"""Runs the guidelines over a program, only those whose facts have changed, and brings the stored findings up to date."""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter
from typing import Any

from django.db import transaction

from commonground.analysis.register import Register
from commonground.guidance import writing
from commonground.guidance.coalition_rows import groups_of
from commonground.guidance.embargo import Present, stages_present, views_of
from commonground.guidance.facts_source import Counters, counters, counters_of, facts_of
from commonground.guidance.guidelines import CATALOGUE, Finding, Guideline, NotEnoughDataError
from commonground.guidance.guidelines.by_unit import findings_by_unit
from commonground.guidance.merging import Key, key_of
from commonground.guidance.models import Check, Cursor, Parameter
from commonground.guidance.parts import FAILED
from commonground.guidance.registers import register_of
from commonground.guidance.results import keep
from commonground.programs.models import Program

Parameters = Mapping[str, Mapping[str, float]]
log = logging.getLogger(__name__)


@dataclass
class Run:
    """One run: what it looked at and what it found, view by view, before anything is written."""

    program: Program
    day: date
    at: datetime
    number: int
    counters: Counters
    present: Present
    views: tuple[str, ...]
    parameters: Parameters
    of_units: Mapping[str, Parameters] = field(default_factory=dict)
    found: dict[str, dict[Key, Finding]] = field(default_factory=dict)
    missing: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    looked_at: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    results: dict[tuple[str, str], Any] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    whole: bool = False

    def register(self, view: str) -> Register:
        """The register of a view, read when it is first asked for."""
        if view not in self.registers:
            facts = facts_of(self.program, view, self.day, at=self.counters, present=self.present)
            self.registers[view] = register_of(facts)
        return self.registers[view]


def refresh(program: Program, day: date, at: datetime, *, whole: bool = False) -> Check:
    """Brings the findings of a program up to date as of a day. at: the clock, for what is shown.

    Reruns only guidelines of which a table, a parameter or the day has changed since they last ran; whole: all of them.
    """
    with _uncollected():
        begun = perf_counter()
        return store(find(program, day, at, whole=whole), begun)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Holds the collector of cycles back: a run makes none, and looking for them among all people takes longer than a small run."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@_uncollected()
def find(program: Program, day: date, at: datetime, *, whole: bool = False) -> Run:
    """The first half of a refresh: the findings. Whoever waits for these need not wait for the results, which are dearer."""
    last, _ = Check.objects.get_or_create(program=program)
    present = stages_present(program)
    run = Run(program, day, at, last.number, counters(), present, views_of(present), _parameters(program), whole=whole)
    run.of_units = Parameter.objects.values_of_units(program)
    stale = _stale(run, whole=whole)
    for view, code in stale:
        _look(run, view, CATALOGUE[code])
    with transaction.atomic():
        check = Check.objects.select_for_update().get(program=program)
        if check.number == run.number:  # else another run came first; this one saw less
            writing.write(run, {code for _, code in stale} - run.failed)
            writing.close(run, check)
            run.number += 1
    return run


def store(run: Run, begun: float) -> Check:
    """The second half: the results that pages show. begun: when the refresh did, on `perf_counter`."""
    ahead = Check.objects.get(program=run.program)
    if ahead.number != run.number:
        return ahead
    keep(run, whole=run.whole)
    with transaction.atomic():
        check = Check.objects.select_for_update().get(program=run.program)
        if check.number == run.number:
            writing.store(run, check, perf_counter() - begun)
        return check


def _parameters(program: Program) -> Parameters:
    """What the program has set, and what it has chosen elsewhere."""
    chosen, own = groups_of(program), Parameter.objects.values_of(program)
    return {code: chosen.get(code, {}) | own.get(code, {}) for code in chosen.keys() | own.keys()}


def _stale(run: Run, *, whole: bool) -> list[tuple[str, str]]:
    """View and code of what has to be looked at again. A guideline that is stale in one view is run in all: they are compared."""
    for view in run.views:
        for guideline in CATALOGUE.values():
            run.looked_at[view, guideline.code] = _looked_at(run, guideline)
    before = {
        (view, code): seen
        for view, code, seen in Cursor.objects.filter(program=run.program).values_list("view", "code", "looked_at")
    }
    gone = {view for view, _ in before} - set(run.views)
    codes = {code for (view, code), seen in run.looked_at.items() if whole or gone or before.get((view, code)) != seen}
    return [(view, code) for view in run.views for code in sorted(codes)]


def _looked_at(run: Run, guideline: Guideline) -> dict[str, Any]:
    tables = sorted({counter for table in guideline.tables for counter in counters_of(table)})
    units = run.of_units.get(guideline.code, {})
    return {
        "day": run.day.isoformat(),
        "tables": {table: list(run.counters.get(table, (0, 0))) for table in tables},
        "parameters": dict(run.parameters.get(guideline.code, {})),
        **({"units": dict(units)} if units else {}),
    }


def _look(run: Run, view: str, guideline: Guideline) -> None:
    register = run.register(view)
    found, missing = run.found.setdefault(view, {}), run.missing.setdefault(view, {})
    missing[guideline.code] = [table for table in guideline.needs if not register.facts.has(table)]
    if missing[guideline.code]:
        return
    known = _known(guideline, run.parameters.get(guideline.code, {}))
    units = {unit: _known(guideline, own) for unit, own in run.of_units.get(guideline.code, {}).items()}
    try:
        found.update((key_of(one), one) for one in findings_by_unit(guideline, register, known, units))
    except NotEnoughDataError as error:
        missing[guideline.code] = [error.missing]
    except Exception as error:
        # An organization's own check must not take every page with it; what it found before stands until it answers again.
        if guideline.is_built_in:
            raise
        log.exception("%s could not answer.", guideline.code)
        run.failed.add(guideline.code)
        missing[guideline.code] = [f"{FAILED}{type(error).__name__}: {error}"]


def _known(guideline: Guideline, given: Mapping[str, float]) -> Mapping[str, float]:
    """The values for names that a guideline still has."""
    return {name: value for name, value in given.items() if name in guideline.parameters}
