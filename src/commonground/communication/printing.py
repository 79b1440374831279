"""Letters and fax sheets of a list, as a PDF that lies in the data folder until somebody fetches it or a week has passed.

They are made from who is on the list at that moment; a PDF that still holds somebody who refused since is not handed out.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from commonground.analysis.communication.addresses import yes_or_no
from commonground.communication.addressing import now_on
from commonground.communication.contacts import Contact
from commonground.communication.letterheads import US, Letterhead, letterhead_of
from commonground.communication.messages import Message
from commonground.communication.paper import unprintable
from commonground.communication.printed import Progress, Sender, Sheet, faxes, letters, merged
from commonground.communication.printed_words import code_of
from commonground.communication.sendings import Sending
from commonground.programs.register import CannotError
from commonground.ui.words import number

FOLDER: Final = "printed"
PRINTED: Final = ("letter", "fax")
IN_THE_PAGE: Final = 400  # sheets that are printed while the page waits
SAY_EVERY: Final = 100
STOP: Final = "stop"


class StoppedError(Exception):
    """Somebody cancelled the printing."""


class Texts:
    """The words of a message, for each contact in their language, or in the first where theirs has none."""

    def __init__(self, message: Message) -> None:
        texts = list(message.texts.order_by("pk"))
        if not texts:
            raise CannotError(f"“{message}” has no words yet. Write what it says first.")
        self.first = code_of(texts[0].language)
        self.by_code = {code_of(one.language): (one.subject or message.title, one.body) for one in reversed(texts)}

    def language(self, spoken: str) -> str:
        """In which language somebody gets it. spoken: theirs, "" where it is not known."""
        code = code_of(spoken)
        return code if code in self.by_code else self.first

    def of(self, contact: Contact) -> tuple[str, str, str]:
        """Language, subject and body, with what is put in for each."""
        language = self.language(contact.language)
        subject, body = self.by_code[language]
        return (
            language,
            merged(subject, name=contact.name, ref=contact.ref),
            merged(body, name=contact.name, ref=contact.ref),
        )


def sheets_of(row: Sending) -> Iterator[Sheet]:
    """What each contact of a list gets.

    Left out is whose address is kept elsewhere, or is written in letters that the face lacks: a box in its place would not arrive.
    """
    texts = Texts(row.message)
    for contact in now_on(row).order_by("ref").iterator(chunk_size=1000):
        address = contact.letter if row.channel == "letter" else contact.fax
        if yes_or_no(address) is not None or unprintable(contact.name + address):
            continue
        language, subject, body = texts.of(contact)
        set_ = tuple(contact.letter.splitlines()) if row.channel == "letter" else ()
        yield Sheet(contact.name, subject, body, language, set_, contact.fax, contact.ref)


def sender_of(head: Letterhead) -> Sender:
    return Sender(head.name, tuple(head.lines), head.phone, head.fax, head.email, head.sign_off)


def stand_of(row: Sending) -> str:
    """A sign of who is on a list now, under which name and address: another sign, another PDF."""
    made = hashlib.sha256()
    for one in now_on(row).order_by("pk").values_list("pk", "name", row.channel).iterator(chunk_size=5000):
        made.update(repr(one).encode())
    return made.hexdigest()[:16]


def path_of(row: Sending) -> Path:
    return Path(settings.DATA) / FOLDER / f"{row.place}.pdf"


def print_now(row: Sending, day: date, progress: Progress = lambda _: None) -> int:
    """Prints the letters or fax sheets of a list that was taken. Returns the pages.

    Raises CannotError for another channel, and before the list is taken; StoppedError where it was cancelled.
    """
    if row.channel not in PRINTED:
        raise CannotError(f"“{row}” is no letter and no fax. Fetch its list instead.")
    row.message.refuse_untold()
    head, place = letterhead_of(row.program), f"{secrets.token_hex(8)}{stand_of(row)}"
    folder = Path(settings.DATA) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, sheets = folder / f"{place}.pdf", [0]
    try:
        with path.open("wb") as file:
            path.chmod(0o600)
            pages = _write(row, file, _counted(sheets_of(row), sheets), head, day, progress)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    forget(row)
    Sending.objects.filter(pk=row.pk).update(place=place, printed=pages, sheets=sheets[0], printing="")
    row.refresh_from_db(fields=["place", "printed", "sheets", "printing"])
    return pages


def _counted(sheets: Iterator[Sheet], number_of: list[int]) -> Iterator[Sheet]:
    for sheet in sheets:
        number_of[0] += 1
        yield sheet


def saying(row: Sending, of: int) -> Progress:
    """Says on the page how far it is. Raises StoppedError once somebody has cancelled it."""

    def say(done: int) -> None:
        if done % SAY_EVERY:
            return
        if Sending.objects.filter(pk=row.pk, printing=STOP).exists():
            raise StoppedError
        Sending.objects.filter(pk=row.pk).exclude(printing__in=("", STOP)).update(
            printing=f"{number(done)} of {number(of)}"
        )

    return say


def sample(row: Sending, day: date) -> BytesIO:
    """One sheet as it would go out, to a customer that there is not. Raises CannotError for another channel, and without words."""
    if row.channel not in PRINTED:
        raise CannotError(f"“{row}” is no letter and no fax, so there is no sheet to look at.")
    texts, head, out = Texts(row.message), letterhead_of(row.program), BytesIO()
    nobody = Contact(ref="0000", name="A customer", letter="A street 1\n00000 A town", fax="000 000")
    language, subject, body = texts.of(nobody)
    set_ = tuple(nobody.letter.splitlines()) if row.channel == "letter" else ()
    _write(row, out, [Sheet(nobody.name, subject, body, language, set_, nobody.fax)], head, day)
    out.seek(0)
    return out


def _write(
    row: Sending,
    file: IO[bytes],
    made: Iterable[Sheet],
    head: Letterhead,
    day: date,
    progress: Progress = lambda _: None,
) -> int:
    """Writes the sheets of a list as its channel wants them. Returns the pages."""
    title, sender = str(row.message), sender_of(head)
    if row.channel == "letter":
        return letters(file, made, sender, form=head.paper, day=day, title=title, progress=progress)
    size = "letter" if head.paper == US else "A4"
    return faxes(file, made, sender, size=size, day=day, title=title, progress=progress)


def ready(row: Sending) -> Path:
    """The PDF of a list, as it may be sent now. Raises CannotError where there is none, or somebody on it refused since."""
    path = path_of(row)
    if not row.place or not path.exists():
        raise CannotError(f"“{row}” is not printed yet. Print it first.")
    row.message.refuse_untold()
    if stand_of(row) != row.place[16:]:
        raise CannotError(
            "Since it was printed, somebody refused, something came back or an address was put right. Print it anew."
        )
    return path


def forget_of(contact: Contact) -> None:
    """Takes away every PDF in which a contact may stand."""
    for row in Sending.objects.filter(contacts__contact=contact).exclude(place=""):
        forget(row)


def forget(row: Sending) -> None:
    """Takes the PDF away; it can be printed again."""
    if row.place:
        with suppress(OSError):
            path_of(row).unlink(missing_ok=True)
    Sending.objects.filter(pk=row.pk).update(place="", printed=None, sheets=None)
    row.place, row.printed, row.sheets = "", None, None
