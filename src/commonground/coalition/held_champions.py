"""What is held on a person as a champion: that they were asked, what was agreed, their weeks, and the meetings at which they were."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.coalition.champions import Champion
from commonground.coalition.meetings import HoursUsed, Meeting
from commonground.organization.models import Person

ANSWERS = {None: "not answered", True: "yes", False: "no"}


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their places as champion, their weeks with their own notes, and meetings. user is not needed here."""
    if person is None:
        return []
    return [_places(person), _weeks(person), _meetings(person)]


def _places(person: Person) -> Held:
    rows = [
        {
            "program": str(row.program),
            "asked on": row.start,
            "until": row.end,
            "your answer": "would rather talk" if row.wants_talk else ANSWERS[row.consent],
            "hours a week": row.hours_per_week,
            "manager agreed": row.manager_agreed,
            "how they came to you": row.get_source_display(),
            "why": row.why,
            "group": ", ".join(row.cell.values()),
            "said it is too much on": row.too_much_on,
        }
        for row in Champion.objects.filter(person=person).select_related("program").order_by("pk")
    ]
    return Held(
        "champion",
        "Your place as a champion",
        rows,
        "The change lead asked you; the answer is yours.",
        hidden="Who named you is held nowhere. Whom you carry is counted each day from who works where, and is told to you alone.",
    )


def _weeks(person: Person) -> Held:
    noted = HoursUsed.objects.filter(champion__person=person).order_by("week", "pk")
    rows = [
        {"week of": row.week, "hours": row.hours, "people talked with": row.contacts, "your note": row.words}
        for row in noted
    ]
    return Held("champion-weeks", "Your weeks as a champion", rows, "Noted by you; nobody else reads the note.")


def _meetings(person: Person) -> Held:
    met = Meeting.objects.filter(people=person).order_by("on", "pk")
    rows = [{"on": row.on, "about": row.words} for row in met]
    return Held("champion-meetings", "Meetings of champions at which you were", rows, "Noted by the change lead.")
