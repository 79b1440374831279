"""Workbooks as the product writes them: texts stay texts, and the same rows are the same bytes."""

from datetime import datetime
from typing import IO, Any, Final

NO_DAY: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - of every workbook, as of the files within it


def workbook(out: IO[bytes], **options: bool) -> Any:
    """A workbook to be written into a file, as a context. No text becomes a formula, a number or a link. options: of XlsxWriter."""
    import xlsxwriter  # noqa: PLC0415 - a twelfth of the time in which an instance starts, for what few pages do

    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**plain, **options})
    book.set_properties({"created": NO_DAY})
    return book
