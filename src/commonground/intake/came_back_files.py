"""Reads what mailing, SMS and phone tools write of a list: who of it, by reference or address, and what became of each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from commonground.communication.came_back import Row
from commonground.communication.sendings import ANSWERED, BOUNCED
from commonground.intake.came_back_words import COLUMNS, EXAMPLES, OUTCOME_WORDS
from commonground.intake.dates import read_days
from commonground.intake.headers import plain
from commonground.intake.problems import BadInput
from commonground.intake.reading import RawTable, choose, read_tables

MOST: Final = 500_000  # rows of one file
NUMBERS: Final = ("sms", "phone", "fax")
DIGITS: Final = 9  # of a number, from its end: “+49 431 771234” and “0431 771234” are the same
KeptOut = tuple[int, str, str, str]
_OUTCOMES: Final = {plain(word): outcome for outcome, words in OUTCOME_WORDS.items() for word in words}


@dataclass(frozen=True)
class Known:
    """Who stands on a list: by reference and by address, each → the id under which it stands; what two share is in neither."""

    channel: str
    by_ref: Mapping[str, int]
    by_address: Mapping[str, int]


@dataclass
class Returns:
    """What a file says. strangers: rows of nobody on the list; silent: rows that say nothing became of it yet."""

    headers: tuple[str, ...]
    columns: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)
    strangers: int = 0
    silent: int = 0
    kept_out: list[KeptOut] = field(default_factory=list)

    @property
    def left_out(self) -> list[str]:
        return [header for header in self.headers if header and header not in self.columns.values()]

    @property
    def missing(self) -> bool:
        """Whether it does not say whom, or not what."""
        found = set(self.columns)
        return not found & {"ref", "address"} or not found & {"outcome", "answer"}


def known_of(channel: str, there: Sequence[tuple[int, str, str]]) -> Known:
    """there: id, reference, address of each."""
    refs = _once((ref.strip().casefold(), pk) for pk, ref, _ in there)
    return Known(channel, refs, _once((address_key(channel, address), pk) for pk, _, address in there))


def _once(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Without what is empty, or stands twice."""
    found: dict[str, int] = {}
    twice = {""}
    for key, pk in pairs:
        if key in found:
            twice.add(key)
        found[key] = pk
    return {key: pk for key, pk in found.items() if key not in twice}


def address_key(channel: str, text: str) -> str:
    """An address as it is compared: letters without case, numbers by their last digits."""
    if channel in NUMBERS:
        return re.sub(r"\D", "", text)[-DIGITS:]
    return " ".join(text.casefold().split())


def read_returns(
    source: bytes, name: str, known: Known, *, today: date, columns: Mapping[str, str] | None = None
) -> Returns:
    """What a file says of those on a list. columns: our column → header as somebody named them; None: found by their words.

    Raises BadInput for what is no table. Without the columns that are needed it has no rows, and `missing` says so.
    """
    table = choose(read_tables(source, name), lambda one: len(found_columns(one.headers)))
    if len(table.rows) > MOST:
        raise BadInput(
            f"{name} has {len(table.rows):,} rows, more than the {MOST:,} that are read at once. Bring it in parts."
        )
    named = {ours: header for ours, header in (columns or {}).items() if header in table.headers}
    found = Returns(table.headers, found_columns(table.headers) if columns is None else named)
    if not found.missing and table.rows:
        _read(table, found, known, today)
    return found


def found_columns(headers: Sequence[str]) -> dict[str, str]:
    """Our column → the header that means it, each header once."""
    left = {plain(header): header for header in reversed(headers) if header}
    found: dict[str, str] = {}
    for ours, words in COLUMNS.items():
        header = next((left.pop(plain(word)) for word in words if plain(word) in left), None)
        if header is not None:
            found[ours] = header
    return found


def _read(table: RawTable, found: Returns, known: Known, today: date) -> None:
    at = {ours: table.headers.index(header) for ours, header in found.columns.items()}

    def column(ours: str) -> list[str]:
        return [row[at[ours]].strip() for row in table.rows] if ours in at else [""] * len(table.rows)

    refs, addresses, said, answers = column("ref"), column("address"), column("outcome"), column("answer")
    texts = column("on")
    days = read_days(texts, None).days if any(texts) else [None] * len(texts)
    for place, number in enumerate(table.numbers):
        pk = known.by_ref.get(refs[place].casefold()) or known.by_address.get(
            address_key(known.channel, addresses[place])
        )
        if pk is None:
            found.strangers += 1
            continue
        outcome = outcome_of(said[place]) if said[place] else (ANSWERED if answers[place] else "")
        if outcome is None:
            why = f"“{said[place][:60]}” is no outcome that we know. Write {EXAMPLES}."
            found.kept_out.append((number, found.columns["outcome"], said[place][:60], why))
        elif not outcome:
            found.silent += 1
        elif (on := days[place]) is not None and on > today:
            why = "The day has not come yet. Write the day on which it happened, or leave it empty."
            found.kept_out.append((number, found.columns["on"], texts[place][:60], why))
        else:
            found.rows.append((pk, outcome, on.isoformat() if on else "", answers[place]))


def outcome_of(text: str) -> str | None:
    """The outcome that a word means: "" for nothing yet, None for a word that we do not know. A code of SMTP counts, too."""
    said = plain(text)
    if said in _OUTCOMES:
        return _OUTCOMES[said]
    if re.match(r"5\d\d\b|5\.\d+\.\d+", text.strip()) or "bounce" in said:
        return BOUNCED
    first = plain(text.split(maxsplit=1)[0]) if text.split() else ""
    return _OUTCOMES.get(first) if len(text.split()) > 1 and len(first) > 3 else None
