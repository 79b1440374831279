"""What imports hold of a person."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.events.models import Delivery
from commonground.intake.models import Import
from commonground.organization.models import Person


def held_on(person: Person | None, user: User) -> list[Held]:
    """Sheets and logs that they brought. person is not needed here."""
    sheets = [
        {"on": row.at, "files": ", ".join(row.files), "state": row.state_words}
        for row in Import.objects.filter(by=user).order_by("pk")
    ]
    logs = [
        {"on": row.at, "files": row.file, "state": row.state_words}
        for row in Delivery.objects.filter(by=user).order_by("pk")
    ]
    return [
        Held(
            "imports",
            "Sheets and logs that you brought",
            sheets + logs,
            "You.",
            hidden="Until an import can no longer be undone, the values that it changed are kept as they were, yours perhaps among them. "
            "They are read by undoing alone.",
            keeping="intake.changes",
        )
    ]
