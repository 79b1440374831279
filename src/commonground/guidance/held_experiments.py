"""What experiments hold of a person: those on which they decide."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.guidance.experiments import Experiment
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Experiments on which they decide. user is not needed here."""
    rows = Experiment.objects.filter(decides=person).order_by("pk") if person else ()
    return [
        Held(
            "experiments-decided",
            "Experiments on which you decide",
            [{"experiment": one.name, "state": one.get_state_display()} for one in rows],
            "Entered by whoever writes experiments. Everybody who works on the program can read it.",
        )
    ]
