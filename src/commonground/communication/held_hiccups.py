"""What hiccup plans hold of a person: for what they speak to customers."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Plans and promises on which they speak for us. user is not needed here: who tapped a count stands in the journal alone."""
    plans = HiccupPlan.objects.filter(speaks=person).order_by("pk") if person else ()
    promises = Promise.objects.filter(speaks=person).select_related("plan").order_by("pk") if person else ()
    rows = [{"plan": one.name, "promise": ""} for one in plans]
    rows += [{"plan": one.plan.name, "promise": one.promise} for one in promises]
    return [
        Held(
            "hiccups-spoken",
            "Cut-overs at which you speak for us",
            list(rows),
            "Entered by whoever writes hiccup plans. Everybody who works on the program can read it, and the front office on its sheet.",
        )
    ]
