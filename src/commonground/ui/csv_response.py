"""A list as CSV, row by row, so that 100,000 rows need no memory."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.text import slugify

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MAY_BE_FORMULA = frozenset({*_FORMULA, " "})  # what text begins with that is looked at closely
_ROWS_AT_ONCE = 500


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it; numbers stay numbers."""
    if type(value) is str and value[:1] not in _MAY_BE_FORMULA:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file in pieces of some hundred rows, header first, with a byte order mark, which Excel needs to read UTF-8."""
    left, mark = chain([header], rows), "\ufeff"
    while piece := csv_text(islice(left, _ROWS_AT_ONCE)):
        yield mark + piece
        mark = ""


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as they stand in the file, each cell guarded, with no byte order mark."""
    file = StringIO(newline="")
    csv.writer(file).writerows(list(map(guarded, row)) for row in rows)
    return file.getvalue()


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download `name`.csv. rows: plain values in the order of the header; give an iterator for long lists."""
    return csv_file(name, csv_lines(header, rows))


def csv_file(name: str, pieces: Iterable[str]) -> StreamingHttpResponse:
    """A download `name`.csv of text that is CSV already (`csv_lines`)."""
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "list"}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
