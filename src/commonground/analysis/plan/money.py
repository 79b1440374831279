"""Money as whole numbers of its smallest unit, so that sums are exact: 12.34 € are 1,234 cents, 12 ¥ are 12.

Digits after the point of each currency: ISO 4217.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_WITHOUT: Final = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())  # noqa: SIM905 - codes are easier to read and add to as text
_THREE: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
NARROW: Final = "\u00a0"


def digits(currency: str) -> int:
    """How many digits a currency has after the point; two where it is not known."""
    return 0 if currency in _WITHOUT else 3 if currency in _THREE else 2


def smallest(value: Decimal | float | str, currency: str) -> int:
    """An amount of a currency in its smallest unit, half a unit rounded away from nought.

    A float is taken as it is written, so that 0.29 is 29 cents. Raises ValueError for what is no finite number.
    """
    try:
        exact = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)
        return int(exact.scaleb(digits(currency)).quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise ValueError(f"{value} is no amount of money") from error


def exact(amount: int, currency: str) -> Decimal:
    """An amount of the smallest unit as the currency writes it: 1,234 cents are 12.34."""
    return Decimal(amount).scaleb(-digits(currency))


def said(amount: int | None, currency: str, *, to_the_unit: bool = False) -> str:
    """“€12,300”; to_the_unit: “€12,345.67”, to the last unit of it. A dash for None."""
    if amount is None:
        return "–"
    value = exact(abs(amount), currency)
    shown = f"{value:,.{digits(currency)}f}" if to_the_unit else f"{value.quantize(Decimal(1), ROUND_HALF_UP):,}"
    sign = "−" if amount < 0 and shown.strip("0.,") else ""
    return f"{sign}{SYMBOLS.get(currency, currency + NARROW)}{shown}"
