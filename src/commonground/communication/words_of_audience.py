"""An audience in plain words."""

from collections.abc import Mapping
from datetime import date

from commonground.access.actor import Actor
from commonground.analysis.plan.audience import TOUCHED
from commonground.communication.messages import Message
from commonground.organization.fields import unit_names
from commonground.organization.models import Role

WHOLE = "the whole organization"
ATTRIBUTES = {
    "level": "at the level “{}”",
    "location": "at {}",
    "shift": "of the shift “{}”",
    "language": "who speak {}",
}


def unit_of(row: Message, actor: Actor, day: date, names: Mapping[int, str] | None = None) -> str:
    """What the unit of a message is called on a day; the whole where it has none."""
    if row.unit_id is None:
        return WHOLE
    known = unit_names(actor, day, {row.unit_id}) if names is None else names
    return known.get(row.unit_id, "a former unit")


def whom(row: Message, actor: Actor, day: date, names: Mapping[int, str] | None = None) -> str:
    """“Billing, only those of the shift “night”” or “small firms, farms”; a list of messages prefetches segments and gives names."""
    if not row.is_inside:
        return ", ".join(one.name for one in row.segments.all()) or "all customers"
    only = only_those(row.audience or {})
    there = unit_of(row, actor, day, names)
    return f"{there}, only those {', '.join(only)}" if only else there


def only_those(wanted: Mapping[str, str]) -> list[str]:
    """The attributes as people say them; empty for everybody."""
    found = [words.format(wanted[name]) for name, words in ATTRIBUTES.items() if wanted.get(name)]
    if wanted.get("role"):
        name = Role.objects.filter(key=wanted["role"]).values_list("periods__name", flat=True).last()
        found.insert(0, f"in the role “{name or wanted['role']}”")
    return [*found, *(["whom the change touches"] if wanted.get(TOUCHED) else [])]
