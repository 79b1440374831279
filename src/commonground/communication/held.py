"""What is held on a person of what is done with customers: panels and meetings in which they are, improvements in their hand."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their panels, their meetings with customers, and the joint improvements in their hand. user is not needed here."""
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
