"""What communication holds of a person: panels, meetings and improvements with customers, and what its other files tell."""

from importlib import import_module
from importlib.util import find_spec

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.organization.models import Person

OTHERS = ("held_messages", "held_cascades", "held_contacts", "held_sendings", "held_hiccups")


def held_on(person: Person | None, user: User) -> list[Held]:
    """What is done with customers, and what each file `held_….py` of this folder tells."""
    found = _with_customers(person)
    for name in OTHERS:
        if find_spec(f"commonground.communication.{name}") is not None:
            found += import_module(f"commonground.communication.{name}").held_on(person=person, user=user)
    return found


def _with_customers(person: Person | None) -> list[Held]:
    """Their panels, their meetings with customers, and the joint improvements in their hand."""
    if person is None:
        return [_held("panels", []), _held("meetings", []), _held("improvements", [])]
    panels = Panel.objects.filter(ours=person).order_by("pk")
    met = CustomerMeeting.objects.filter(ours=person).order_by("pk")
    works = Improvement.objects.filter(owner=person).order_by("pk")
    return [
        _held("panels", [{"panel": row.name, "from": row.start, "until before": row.end} for row in panels]),
        _held(
            "meetings",
            [{"on": row.on, "with": row.customers} for row in met],
        ),
        _held(
            "improvements", [{"what": row.name, "state": row.get_state_display(), "since": row.start} for row in works]
        ),
    ]


TITLES = {
    "panels": "Panels with customers in which you are",
    "meetings": "Your meetings with customers",
    "improvements": "Joint improvements in your hand",
}


def _held(key: str, rows: list[dict[str, object]]) -> Held:
    return Held(
        f"customers-{key}",
        TITLES[key],
        rows,
        "Entered by a change lead or a customer lead, or brought by a sheet. Everybody who works on the program can read it.",
    )
