"""Rows that say the same thing twice: an id that occurs again, and periods of one thing that overlap or end before they start."""

from datetime import date
from typing import Any

from commonground.intake.sheet import Sheet


def check_repeats(sheet: Sheet) -> None:
    """Reports rows whose key has occurred; rows of one key may stand in turn where the table has periods."""
    _check_order(sheet)
    table = sheet.table
    dated = "start" in table.key
    headers = [column.header for column in table.columns if column.name in table.key and column.name != "start"]
    rows: dict[Any, list[int]] = {}
    keys = (
        sheet.values[headers[0]]
        if len(headers) == 1
        else zip(*(sheet.values[header] for header in headers), strict=True)
    )
    for at, key in enumerate(keys):
        rows.setdefault(key, []).append(at)
    for key, places in rows.items():
        if len(places) > 1 and key is not None:
            places = _without_copies(sheet, places, headers[0])  # noqa: PLW2901 - what is left of them
            if dated:
                _check_overlaps(sheet, places, headers[0])
            else:
                _report_again(sheet, places, headers)


def _check_order(sheet: Sheet) -> None:
    if not {"from", "to"} <= set(sheet.cells):
        return
    for at, (start, end) in enumerate(zip(sheet.values["from"], sheet.values["to"], strict=True)):
        if start and end and end < start:
            why = f"It ends on {end.isoformat()}, before it starts on {start.isoformat()}."
            sheet.report(at, "to", end.isoformat(), why, "Correct one of the two days.")


def _without_copies(sheet: Sheet, places: list[int], header: str) -> list[int]:
    """Leaves out rows that repeat an earlier one in every column that is read."""
    seen: dict[Any, int] = {}
    kept = []
    for at in places:
        values = tuple(sheet.values[column.header][at] for column in sheet.table.columns)
        if values in seen:
            why = f"The row is the same as row {sheet.raw.numbers[seen[values]]}."
            sheet.report(at, header, _text(sheet.values[header][at]), why, "It was left out: nothing to do.", "warning")
            sheet.bad.add(at)
        else:
            seen[values] = at
            kept.append(at)
    return kept


def _check_overlaps(sheet: Sheet, places: list[int], header: str) -> None:
    starts, ends = sheet.values["from"], sheet.values["to"]
    ordered = sorted(places, key=lambda at: (starts[at] or date.min, ends[at] or date.max))
    last = ordered[0]
    for at in ordered[1:]:
        if (ends[last] or date.max) > (starts[at] or date.min):
            _report_overlap(sheet, last, at, header)
        if (ends[at] or date.max) >= (ends[last] or date.max):
            last = at


def _report_overlap(sheet: Sheet, last: int, at: int, header: str) -> None:
    value, row = _text(sheet.values[header][at]), sheet.raw.numbers[last]
    one, other = (_period(sheet.values["from"][place], sheet.values["to"][place]) for place in (last, at))
    if one == other == "always":
        why = f"{value} stands in row {row} already, and neither row says from when it holds."
        remedy = "Keep one of them, or say in “from” and “to” when each holds."
    else:
        why = f"Two rows of {value} overlap: row {row} holds {one}, this one {other}."
        remedy = "End the earlier one on the day the later one starts, or remove one."
    sheet.report(at, header, value, why, remedy)


def _report_again(sheet: Sheet, places: list[int], headers: list[str]) -> None:
    for at in places[1:]:
        said = ", ".join(_text(sheet.values[header][at]) for header in headers if sheet.values[header][at] is not None)
        why = f"{said} stands in row {sheet.raw.numbers[places[0]]} already."
        sheet.report(
            at, headers[0], _text(sheet.values[headers[0]][at]), why, "Keep one of the two rows, or correct this one."
        )


def _period(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "always"
    parts = (f"from {start.isoformat()}" if start else "", f"to {end.isoformat()}" if end else "without end")
    return " ".join(filter(None, parts))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
