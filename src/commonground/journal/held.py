"""What the journal holds of somebody: what they did, and what was done to their own row."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonground.access.holdings import Held
from commonground.journal.models import Entry, EntryQuerySet, Reader
from commonground.journal.reading import kind_word

KEPT = "journal.words"
HIDDEN = (
    "Entries of others in which your name may stand are not listed, and none about a plan that was not told, whether there is one or not. "
    "What names you there can be erased: ask for it below."
)


def held_on(person: Any, user: Any) -> list[Held]:
    """Their own entries, with their own reasons; and that somebody changed their row or their access, without whoever's words."""
    named = Exists(Reader.objects.filter(entry=OuterRef("pk"), user_id=user.pk))
    readable = Entry.objects.filter(Q(sealed=False) | named)
    about = Q(kind="accounts.user", thing=user.pk)
    if person is not None:
        about |= Q(kind="organization.person", thing=person.pk)
    others = readable.filter(about, sealed=False).exclude(actor_user=user.pk)
    return [
        Held(
            "what-you-did",
            "What you did here",
            [
                {"when": entry.at, "what": entry.verb, "to": kind_word(entry.kind), "your reason": _why(entry)}
                for entry in _newest(readable.filter(actor_user=user.pk))
            ],
            "Each change that you made.",
            keeping=KEPT,
        ),
        Held(
            "changes-to-you",
            "Changes to your entry in the register and to your access",
            [{"when": entry.at, "what": entry.verb} for entry in _newest(others)],
            "Changes that others made.",
            hidden=HIDDEN,
            keeping=KEPT,
        ),
    ]


def _newest(rows: EntryQuerySet) -> EntryQuerySet:
    return rows.select_related("values").order_by("-pk")


def _why(entry: Entry) -> str:
    values = getattr(entry, "values", None)
    return str(((values.data if values else None) or {}).get("why", ""))
