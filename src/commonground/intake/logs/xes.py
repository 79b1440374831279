"""Event logs as XES 1.0 and IEEE 1849, plain or gzipped: what they hold, and their rows.

What is read, where the standard leaves a choice:

- A case is a trace, called by its `concept:name`. Attributes of traces have the header `case:NAME`. A trace without a name is a case named
  for its place in the file. An event outside of a trace is refused.
- The values of `<global>` are not given to events that lack the attribute: the standard makes them the values with which a *writer* fills
  in what it must tell, and files have placeholders there (`UNKNOWN`, `resource`) that would become people.
- An extension's prefix is told by the file; the standard ones are known by the end of their address, whatever their prefix.
- Every event is a row, whatever its `lifecycle:transition`; where a log tells start and complete, a warning says so.
- `concept:instance` is no id of an event: start and complete of one piece of work share it. `identity:id` is, where it does not repeat.
- Attributes within attributes, lists and containers are checked and not read. Of two equal keys in an event the last counts.
- Values are taken as text, whatever their type; of the times alone the form is checked.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from commonground.events.rows import Rows
from commonground.intake.headers import plain
from commonground.intake.logs import meanings, times
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import DAY_ORDER, Look, Options
from commonground.intake.logs.opening import opened
from commonground.intake.logs.xes_expat import ExpatReader
from commonground.intake.logs.xes_part import Part
from commonground.intake.logs.xes_rows import OF_TRACE, RowMaker, has_any, wanted
from commonground.intake.logs.xes_stream import parts, stretches
from commonground.intake.problems import BadInput

LOOKED_AT: Final = 2_000  # events, at least, where there are as many
AT_ONCE: Final = 1 << 18  # bytes
SAMPLES: Final = 5
_STANDARD: Final = ("concept", "org", "time", "lifecycle", "identity")


def look_xes(path: Path, name: str = "") -> Look:
    """What an XES file holds, by its first 2,000 events. Raises BadInput when it is not XES that far."""
    return _first_look(path, name or path.name)[0]


def read_xes(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    name: str = "",
    kept_out: KeptOut | None = None,
    at_speed: bool = True,
) -> Iterator[Rows]:
    """The rows of an XES file in its order; `row` is the event's number in the file, from 1.

    mapping: our column → header, as `Look.found`; an empty header leaves a column out; None takes what the headers tell. kept_out takes the
    events that cannot be read; without one the first of them raises BadInput, as does a file that is not XES to its end.
    at_speed: False leaves the whole file to expat; the rows are the same.
    """
    name = name or path.name
    kept_out = kept_out if kept_out is not None else KeptOut(strict=True)
    first, lifecycle = _first_look(path, name)
    chosen, later = _chosen(first, mapping, name)
    maker = RowMaker(name, chosen, options, kept_out, lifecycle)
    for part in parts(path, name, wanted(chosen, lifecycle), at_speed=at_speed):
        later -= {header for header in later if has_any(part, header)}
        yield from maker.rows(part)
    if later:
        meanings.named(first.headers, chosen, name)  # raises: says which headers there are
    maker.finish()


def _chosen(first: Look, mapping: Mapping[str, str] | None, name: str) -> tuple[dict[str, str], set[str]]:
    """Our column → header, and the headers that the first look has not met: they may stand further below."""
    if mapping is None:
        meanings.demand(first.found, first.headers, name)
        return dict(first.found), set()
    chosen = {column: header for column, header in mapping.items() if header}
    later = {header for header in chosen.values() if header not in first.headers}
    met = {column: header for column, header in chosen.items() if header not in later}
    for column, header in chosen.items():
        alike = [other for other in first.headers if plain(other) == plain(header)]
        if header in later and len(alike) == 1:
            met[column] = alike[0]
    later -= {chosen[column] for column in met}
    chosen |= met
    meanings.named((*first.headers, *later), chosen, name)
    return chosen, later


def _first_look(path: Path, name: str) -> tuple[Look, str]:
    """A look, and the header that tells start from complete."""
    reader = ExpatReader(name, None)
    begun = []
    with opened(path, name) as file:
        for stretch, _ in stretches(file, most=AT_ONCE):
            reader.feed(stretch)
            if (part := reader.take(LOOKED_AT)) is not None:
                begun.append(part)
            if sum(map(len, begun)) >= LOOKED_AT:
                break
        else:
            reader.feed(b"", last=True)
            begun += [part for part in [reader.take()] if part is not None]
    if not any(map(len, begun)):
        raise BadInput(f"{name} has no events. Export the log again with its traces and events.")
    values = _values(begun)
    headers = tuple(dict.fromkeys([f"{OF_TRACE}{_prefix(reader, 'concept')}:name", *values]))
    return _look(headers, values, reader), f"{_prefix(reader, 'lifecycle')}:transition"


def _values(begun: list[Part]) -> dict[str, list[str]]:
    """Header → its values at each event, "" where there is none."""
    values: dict[str, list[str]] = {}
    before = 0
    for part in begun:
        traces = {f"{OF_TRACE}{key}": texts.take(part.trace_of) for key, texts in part.of_traces.items()}
        for header, texts in sorted((traces | dict(part.of_events)).items()):
            column = values.setdefault(header, [])
            column.extend([""] * (before - len(column)))
            column.extend(text or "" for text in texts.to_pylist())
        before += len(part)
    for column in values.values():
        column.extend([""] * (before - len(column)))
    return values


def _prefix(reader: ExpatReader, extension: str) -> str:
    """The prefix that a file gives to a standard extension."""
    ending = f"/{extension}.xesext"
    return next((prefix for uri, prefix in reader.extensions.items() if uri.endswith(ending) and prefix), extension)


def _look(headers: tuple[str, ...], values: dict[str, list[str]], reader: ExpatReader) -> Look:
    standard = {_own(header, reader): header for header in headers}
    told = {usual: values.get(header, []) for usual, header in standard.items()}
    found = meanings.find(list(standard), told)
    samples = {header: _sample(values.get(header, [])) for header in headers}
    columns = {column: standard[header] for column, header in found.found.items()}
    beside = {column: tuple(standard[header] for header in further) for column, further in found.beside.items()}
    open_questions = found.open_questions
    if "time" in columns and times.layout_of(values.get(columns["time"], [])[:1000]) == times.EITHER:
        open_questions += (DAY_ORDER,)
    return Look(
        "xes", headers, MappingProxyType(columns), MappingProxyType(samples), open_questions, MappingProxyType(beside)
    )


def _own(header: str, reader: ExpatReader) -> str:
    """A header with the usual prefix of its extension instead of the file's."""
    of_trace, rest = (OF_TRACE, header[len(OF_TRACE) :]) if header.startswith(OF_TRACE) else ("", header)
    prefix, mark, key = rest.partition(":")
    if not mark:
        return header
    usual = next((name for name in _STANDARD if _prefix(reader, name) == prefix), prefix)
    return f"{of_trace}{usual}:{key}"


def _sample(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:SAMPLES]
