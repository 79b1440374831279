"""What the page on reach says in sentences."""

from commonground.analysis.communication.reach import LABELS, union
from commonground.analysis.plan.money import SYMBOLS
from commonground.communication.reached import POOR, Reached, Row, share
from commonground.ui.words import number


def headline(found: Reached, message: str, *, tries: bool = False) -> str:
    """The title: what the plan misses, or whom all channels reach. tries: the channels are tried out, and are not those of the message."""
    if not found.contacts:
        return f"“{message}”: whom it reaches is not known yet" if message else "Whom messages reach is not known yet"
    subject = f"“{message}”" if message else "This plan"
    if not found.planned:
        if message:
            return f"“{message}” is planned on no channel yet"
        return f"All channels together reach {share(found.any, found.contacts)} % of {number(found.contacts)} customers"
    if tries:
        named = ", ".join(LABELS[one] for one in found.planned)
        return f"{subject} would miss {number(found.missed)} of {number(found.contacts)} customers by {named}"
    if not found.missed:
        return f"{subject} reaches all {number(found.contacts)} customers as planned"
    return f"{subject} misses {number(found.missed)} {'customer' if found.missed == 1 else 'customers'} as planned"


def fall_through(found: Reached) -> str:
    """Which segments the plan misses most, and which channel is the only one of many."""
    worst = sorted((row for row in found.rows if row.mark != "good"), key=lambda row: row.planned / row.contacts)
    only = _only(found)
    if not found.planned:
        return only or "Which channel each kind of customers has"
    if not worst:
        return only or "The plan reaches at least nine of ten in every segment"
    poor = [row for row in worst if row.planned < POOR * row.contacts]
    names = _listed((poor or worst)[:2])
    first = f"{names} fall through" if poor else f"{names} are reached in part"
    return f"{first}; {only[0].lower()}{only[1:]}" if only else first


def _only(found: Reached) -> str:
    """“312 of the 4,120 in Small firms have only fax”: of all segments, the most customers with one channel that is not planned."""
    cells = [(cell.only, row, cell) for row in found.rows for cell in row.only]
    if not cells:
        return ""
    fax = [one for one in cells if one[2].channel == "fax"]
    many, row, cell = max(fax or cells, key=lambda one: one[0])
    return f"{number(many)} of the {number(row.contacts)} in {row.segment.name} have only {LABELS[cell.channel]}"


def _listed(rows: list[Row]) -> str:
    return " and ".join(row.segment.name for row in rows)


def cost_title(found: Reached) -> str:
    """What the cheapest set comes to, beside the plan alone or a letter to everyone."""
    if found.best is None:
        return ""
    there = share(found.best.reached, found.contacts)
    reaches = f"For {found.said(found.best.cost)} it reaches {there} %"
    if found.planned and found.adds and found.planned_cost is not None:
        return f"{reaches}; the plan alone costs {found.said(found.planned_cost)} and reaches {found.percent} %"
    letter = found.prices.get("letter")
    if letter is not None and "letter" in found.best.channels and len(found.best.channels) > 1:
        letters = union(found.whole, ("letter",)) * letter
        return f"{reaches}; a letter to everyone would cost {found.said(letters)}"
    return reaches


def cheaper(found: Reached) -> str:
    """A cheaper set that leaves out something of the plan, in a sentence; empty where there is none."""
    other = found.cheaper
    if other is None:
        return ""
    names = ", ".join(LABELS[one] for one in other.channels)
    there = share(other.reached, found.contacts)
    return f"Planned by {names or 'no channel'} alone, it would reach {there} % for {found.said(other.cost)}."


def prices_said(found: Reached) -> str:
    """“SMS €0.08, letter €0.95”."""
    return ", ".join(f"{LABELS[one]} {exact_price(found, one)}" for one in found.prices)


def exact_price(found: Reached, channel: str) -> str:
    """A price as it was entered, tenths of a cent included."""
    price, symbol = found.prices[channel], SYMBOLS.get(found.terms.currency, f"{found.terms.currency} ")
    shown = f"{price:f}"
    whole, _, rest = shown.partition(".")
    rest = rest.rstrip("0")
    return f"{symbol}{whole}" + (f".{rest.ljust(2, '0')}" if rest else "")
