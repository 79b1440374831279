"""How the product writes numbers, days, counts and names. Pure: plain values in, text out."""

from datetime import date, datetime
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPELLED = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
UNKNOWN = "–"
NARROW = "\u00a0"  # a figure and its unit stay on one line


def day(value: date | datetime | str | None, *, weekday: bool = False) -> str:
    """“14 Sep 2026”, or “Mon 14 Sep 2026”; an ISO text is read, None is a dash, other text is left as it is."""
    if isinstance(value, str):
        return _day_of_text(value, weekday)
    if value is None:
        return UNKNOWN
    text = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{DAYS[value.weekday()]} {text}" if weekday else text


def _day_of_text(text: str, weekday: bool) -> str:
    try:
        return day(date.fromisoformat(text[:10]), weekday=weekday)
    except ValueError:
        return text or UNKNOWN


def number(value: float | Decimal | None, digits: int = 0) -> str:
    """“1,200”, a true minus before what is below zero, a dash for None. digits: decimals shown for what is not whole."""
    if value is None:
        return UNKNOWN
    whole = value == int(value)
    return f"{value:,.{0 if whole and not digits else max(digits, 0 if whole else 1)}f}".replace("-", "−")


def percent(share: float | None, digits: int = 0) -> str:
    """“46 %” of a share between 0 and 1; a dash for None. Never 0 % of something or 100 % of not all: “<1 %”, “>99 %”."""
    if share is None:
        return UNKNOWN
    rounded = f"{share * 100:.{digits}f}"
    if digits == 0 and share > 0 and rounded == "0":
        rounded = "<1"
    if digits == 0 and share < 1 and rounded == "100":
        rounded = ">99"
    return f"{rounded}{NARROW}%".replace("-", "−")


def plural(count: int | None, forms: str) -> str:
    """“1 person”, “1,200 people”, “no people”; forms is “person,people”, or “role” for a plain s."""
    one, _, many = forms.partition(",")
    many = many or f"{one}s"
    if count is None:
        return f"{UNKNOWN} {many}"
    return f"{'no' if count == 0 else number(count)} {one if count == 1 else many}"


def spelled(count: int) -> str:
    """“three” up to twelve, figures beyond."""
    return SPELLED[count] if 0 <= count < len(SPELLED) else number(count)


def initials(name: str) -> str:
    """Two letters of the first and the last word of a name, for the ring beside it."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
