"""What is held on a person of customers' contacts: segments in their hand, exports that are told of with their name in the journal."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.segments import Segment
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Segments of customers that they look after. user is not needed here.

    A customer's own contact is no account of the product: it is looked up, corrected, copied and erased under Customers, Contacts.
    """
    rows = Segment.objects.filter(owner=person).order_by("order", "pk") if person else Segment.objects.none()
    return [
        Held(
            "customers-segments",
            "Segments of customers that you look after",
            [{"segment": row.name, "words": row.words} for row in rows],
            "A change lead or a customer lead. Everybody who works on the program can read it.",
        )
    ]
