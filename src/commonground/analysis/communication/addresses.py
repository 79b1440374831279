"""Which cells of a contact export are an address that something can be sent to, and which say yes or no. Pure; patterns fit RE2, too."""

import re
from collections.abc import Mapping
from typing import Final

from commonground.analysis.communication.reach import BITS, CHANNELS

YES: Final = frozenset({"yes", "y", "true", "1", "1.0", "1,0", "x", "ja", "j", "wahr", "oui", "si", "sí"})
NO: Final = frozenset(
    {"no", "n", "false", "0", "0.0", "0,0", "nein", "falsch", "non", "none", "null", "-", "–", "—", "n/a", "na", "?"}
)
NOTHING: Final = frozenset({
    "nan", "nil", "(null)", "unknown", "unbekannt", "keine", "kein", "keiner", "k.a.", "k. a.", "#n/a", "#nv", "#ref!", "#bezug!",
    "#value!", "#wert!", "#name?", "#div/0!", "#null!", "#num!", "#zahl!",
})  # fmt: skip
ALLOWS: Final = frozenset({
    "allow", "allowed", "opted in", "opt-in", "opt in", "subscribed", "granted", "given", "consent", "zulassen", "erlaubt", "erteilt",
    "angemeldet",
})  # fmt: skip
DENIES: Final = frozenset({
    "do not allow", "not allowed", "opted out", "opt-out", "opt out", "unsubscribed", "refused", "denied", "revoked", "withdrawn",
    "nicht zulassen", "nicht erlaubt", "abgelehnt", "abgemeldet", "widerrufen", "gesperrt",
})  # fmt: skip
EMAIL: Final = r"^[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)*\.[^@\s,;<>()\".0-9]{2,}$"
DIGITS: Final = 5  # the shortest number that may be one
NUMBERS: Final = frozenset({"sms", "phone", "fax"})
NUMBER: Final = r"^[+0-9(][0-9\s./()\-–\\]*((ext\.?|x|#)\s*[0-9]+)?$"  # digits and what people put between them
DAY: Final = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])([ T].*)?$|^[0-3]?[0-9]\.[01]?[0-9]\.(19|20)[0-9]{2}$"  # no number
_DAY = re.compile(DAY, re.ASCII)
_EMAIL, _NUMBER = re.compile(EMAIL, re.ASCII), re.compile(NUMBER, re.ASCII | re.IGNORECASE)
_DIGIT = re.compile("[0-9]")


def yes_or_no(text: str) -> bool | None:
    """What a cell says; None: neither."""
    said = text.strip().lower()
    return True if said in YES else False if said in NO else None


def is_address(channel: str, text: str) -> bool:
    """Whether something can be sent there: an e-mail address in shape, a number of at least five digits, anything that a letter needs.

    A yes stands for an address that is kept elsewhere; a no, an empty cell and what has not the shape are none.
    """
    said = text.strip()
    answer = yes_or_no(said)
    if not said or answer is not None or said.lower() in NOTHING:
        return bool(answer)
    if channel == "email":
        return _EMAIL.match(said) is not None
    if channel in NUMBERS:
        return _DAY.match(said) is None and _NUMBER.match(said) is not None and len(_DIGIT.findall(said)) >= DIGITS
    return True


def addresses(cells: Mapping[str, str]) -> int:
    """The bits of the channels for which the cells hold an address."""
    return sum(BITS[channel] for channel in CHANNELS if is_address(channel, cells.get(channel, "")))


def refuses(text: str, *, asks_for_refusal: bool) -> bool | None:
    """Whether a cell of consent refuses. asks_for_refusal: its column asks “do not send?”, not “may we?”. None: it says neither.

    An empty cell refuses nothing.
    """
    said = text.strip().lower()
    if said in DENIES:
        return True
    if not said or said in ALLOWS:
        return False
    answer = yes_or_no(said)
    return None if answer is None else answer is asks_for_refusal
