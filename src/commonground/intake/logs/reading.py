"""An event log of any kind as pieces of clean rows: what pages, commands and the event store read."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from commonground.events.rows import Rows
from commonground.intake.logs import meanings, opening, times, xes
from commonground.intake.logs.cleaning import Cleaner
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import DAY_ORDER, Look, Options
from commonground.intake.logs.parquet import open_parquet
from commonground.intake.logs.raw import Table
from commonground.intake.logs.text import open_text
from commonground.intake.logs.zones import zone_of
from commonground.intake.problems import BadInput, Problem

__all__ = ["KeptOut", "Look", "Options", "look", "read_log"]

_IN_TWO_WAYS = frozenset({times.DAY_FIRST, times.MONTH_FIRST, times.EITHER})
_SAMPLES = 5
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(\s?[AaPp]\.?[Mm]\.?)?")


def look(path: Path, name: str = "") -> Look:
    """What a log holds: its headers and what they mean. Quick, but for a column of times that may be read in two ways.

    name: what the file is called in sentences, if not as its path. Raises BadInput when it cannot be read as a log.
    """
    file = name or path.name
    if opening.kind_of(path, file) == "xes":
        return xes.look_xes(path, file)
    table = _table(path, file)
    found = meanings.find(table.headers, table.samples)
    questions = found.open_questions
    if "time" in found.found and times.layout_of(table.samples.get(found.found["time"], ())) in _IN_TWO_WAYS:
        order = _order_of_days(table, found.found["time"])
        questions = questions if order.layout else (*questions, DAY_ORDER)
    samples = {
        header: tuple(islice(dict.fromkeys(value for value in values if value.strip()), _SAMPLES))
        for header, values in table.samples.items()
    }
    return Look(table.kind, table.headers, found.found, samples, questions, found.beside)


def read_log(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    name: str = "",
    kept_out: KeptOut | None = None,
) -> Iterator[Rows]:
    """The rows of a log in the order of the file, in pieces of at most 250,000.

    mapping: our column → header, as `Look.found`; exactly these columns are read, and an empty header leaves one out. None takes what
    the headers tell. kept_out takes the rows that cannot be read; without one the first of them raises BadInput, as does a
    file that cannot be read, or in which case, activity or time are not found.
    """
    file = name or path.name
    zone_of(options.zone)
    kept_out = KeptOut(strict=True) if kept_out is None else kept_out
    if opening.kind_of(path, file) == "xes":
        yield from xes.read_xes(path, mapping=mapping, options=options, name=file, kept_out=kept_out)
        return
    table = _table(path, file)
    if mapping is None:
        found = dict(meanings.find(table.headers, table.samples).found)
        meanings.demand(found, table.headers, file)
    else:
        found = meanings.named(table.headers, mapping, file)
    _warn_of_clocks(table, found["time"], kept_out)
    cleaner = Cleaner(file, found, options, kept_out, lambda texts: _layout(table, found["time"], texts, options))
    try:
        rows = False
        for raw in table.read(found, kept_out):
            if (piece := cleaner.clean(raw)) is not None:
                rows = True
                yield piece
    except (pa.ArrowException, UnicodeError, OverflowError) as error:
        raise BadInput(f"{file} cannot be read to its end. Write or copy it again, and give it anew.") from error
    if not rows and not kept_out:
        raise BadInput(f"{file} has headers and no rows below them. Give a log with a row for each event.")


def _table(path: Path, file: str) -> Table:
    return open_parquet(path, file) if opening.kind_of(path, file) == "parquet" else open_text(path, file)


def _layout(table: Table, header: str, texts: Any, options: Options) -> str:
    """The one layout of a column of times. Raises BadInput when it has none, or does not tell days from months."""
    sample = [value for value in texts.slice(0, 10_000).to_pylist() if value]
    layout = times.layout_of(sample)
    if layout is None:
        raise BadInput(
            f"{table.file}: the column {header} does not hold times in a layout that is known, such as “{sample[0][:60]}”. "
            f"Write them as {times.EXAMPLES[times.YEAR_FIRST]}, or name the column of times (on the command line with --time HEADER)."
        )
    if layout not in _IN_TWO_WAYS:
        return layout
    if options.day_first is not None:
        return times.DAY_FIRST if options.day_first else times.MONTH_FIRST
    order = _order_of_days(table, header)
    if order.layout:
        return order.layout
    both = (
        "holds days first and months first"
        if order.day_first
        else "does not tell whether its days or its months stand first"
    )
    raise BadInput(
        f"{table.file}: the column {header} {both}, as in “{sample[0][:60]}”. "
        "Say which is meant (on the command line with --day-first or --month-first)."
    )


def _warn_of_clocks(table: Table, header: str, kept_out: KeptOut) -> None:
    """A log with its days in one column and its clocks in another would lose the clocks without a word."""
    if any(":" in value for value in table.samples.get(header, ())):
        return
    for other, values in table.samples.items():
        told = [value for value in values if value]
        if told and all(_CLOCK.fullmatch(value.strip()) for value in told):
            why = f"It holds clocks beside the days of {header}, and only the days are read."
            remedy = f"Put both into one column, as {times.EXAMPLES[times.YEAR_FIRST]}."
            kept_out.warn(Problem(table.file, None, other, None, why, remedy, "warning"))


def _order_of_days(table: Table, header: str) -> times.Order:
    return times.day_order(
        raw.columns["time"]
        for raw in table.read({"time": header}, KeptOut(0))
        if pa.types.is_string(raw.columns["time"].type)
    )
