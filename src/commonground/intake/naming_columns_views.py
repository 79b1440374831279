"""The page on which the columns of a file are named, and the file is read anew."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from commonground.intake.problems import BadInput
from commonground.programs import pages
from commonground.programs.register import CannotError
from commonground.ui.forms import Form


def ask_columns(
    request: HttpRequest,
    row: Any,
    form: type[Form],
    *,
    headers_of: Callable[[Any], Sequence[str]],
    name: Callable[[Any, Mapping[str, str], datetime], str],
    back: str,
    above: Sequence[tuple[str, str]],
) -> HttpResponse:
    """What does each column of this file mean?

    row: the file that was brought, with the `mapping` that was found. form: a choice for each of our columns, given the headers. name:
    reads the file anew by our column → header, and says how much that is (“12 contacts”). above: pages above that of the file.
    """
    try:
        headers = headers_of(row)
    except CannotError as gone:
        refusal = str(gone)

        def refuse() -> str:
            raise CannotError(refusal)

        return pages.do(request, refuse, back=back)
    asked: Any = form
    given = asked(request.POST or None, headers=headers, initial=row.mapping)

    def save(values: dict[str, Any]) -> str:
        try:
            read = name(row, {ours: header for ours, header in values.items() if header}, timezone.now())
        except BadInput as error:
            raise CannotError(str(error)) from error
        return f"Read anew: {read}. The columns are remembered for the next file like this."

    return pages.ask(
        request,
        given,
        save,
        title=f"Columns of “{row}”",
        question="What does each column of this file mean? What is left out is never stored.",
        back=back,
        crumbs=[*above, (str(row), back)],
        label="Read it so",
    )
