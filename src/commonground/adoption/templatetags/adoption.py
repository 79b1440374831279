"""How the pages of the pace write amounts and months."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from commonground.adoption.benefits import Amount
from commonground.adoption.rule_words import Box
from commonground.analysis.pace.figures import Week
from commonground.ui import words

register = template.Library()
CURRENCIES = ("€", "$", "£")  # written before the figure; any other unit stands behind it


@register.filter
def figure(value: float | None) -> str:
    """“47 thousand”, “1,240”, “0.4”: three figures that count, so that no figure looks surer than it is."""
    if value is None:
        return words.UNKNOWN
    size = abs(value)
    if size >= 1_000_000:
        return f"{words.number(round(value / 1_000_000, 1), 1)}{words.NARROW}million"
    if size >= 20_000:
        return f"{words.number(round(value / 1000))}{words.NARROW}thousand"
    if size >= 1000:
        return words.number(round(value, -2 if size >= 10_000 else -1))
    shown = round(value) if size >= 10 else round(value, 1)
    return words.number(shown, 0 if shown == int(shown) else 1)


def of_unit(unit: str, text: str) -> str:
    """A figure with its unit; a minus stands before both."""
    if unit not in CURRENCIES:
        return f"{text}{words.NARROW}{unit}"
    return f"−{unit}{text[1:]}" if text.startswith("−") else f"{unit}{text}"


@register.filter
def amount(value: Amount | None) -> str:
    """“€47 thousand”, “1,240 minutes”; a dash for None."""
    return words.UNKNOWN if value is None else of_unit(value.unit, figure(value.mid))


@register.filter
def amount_range(value: Amount | None) -> str:
    """“€36 thousand to €58 thousand”; empty where nothing tells how wide it is."""
    if value is None or value.low is None or value.high is None:
        return ""
    low = of_unit(value.unit, figure(value.low)) if value.unit in CURRENCIES else figure(value.low)
    return f"{low} to {of_unit(value.unit, figure(value.high))}"


@register.filter
def in_unit(value: float | None, unit: str) -> str:
    """“€47 thousand”, “1,240 minutes” of a plain number."""
    return words.UNKNOWN if value is None else of_unit(unit, figure(value))


@register.filter
def month(value: date | str | None) -> str:
    """“Sep 2026”."""
    if not value:
        return words.UNKNOWN
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{words.MONTHS[day.month - 1]} {day.year}"


@register.filter
def occasions(week: Week) -> int | None:
    """How many occasions a week had, None where it is not shown."""
    return None if week.new is None else week.new + (week.old or 0) + (week.neither or 0)


@register.filter
def of_thing(marks: Mapping[tuple[str, str], Any] | None, row: Any) -> Any:
    """The worst open finding about a row, where guidance supplies `thing_marks`: (kind, id) → mark."""
    return (marks or {}).get((row._meta.model_name, str(row.pk)))


@register.simple_tag
def offered(box: Box) -> SafeString:
    """A tick box for each choice of a box of a rule. Written here, not in a template: there are up to a thousand on a page."""
    name, found = conditional_escape(box.name), []
    for choice in box.choices:
        value = conditional_escape(choice.name)
        checked = " checked" if choice.chosen else ""
        many = "" if choice.events is None else f'<span class="quiet num">{words.number(choice.events)}</span>'
        found.append(
            f'<label><input type="checkbox" name="{name}" value="{value}"{checked}><span>{value}</span>{many}</label>'
        )
    return mark_safe("".join(found))  # noqa: S308  # every text in it is escaped above
