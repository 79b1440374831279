"""What is held on a person here: what they raised with their name, wrote again, handed over, and were given."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.voice.models import Reply, Voice
from commonground.voice.states import KINDS
from commonground.voice.voices import HANDED


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their voices with a name, what they wrote to and fro, those they handed over (without the words of others), those they have."""
    return [_raised(person, user), _written(user), _handed_over(user), _given(user)]


def _raised(person: Person | None, user: User) -> Held:
    raised = Voice.objects.filter(raised_by=user).exclude(way=HANDED)
    if person is not None:
        raised = raised | Voice.objects.filter(author=person)
    rows = [
        {
            "raised": row.raised_on,
            "kind": KINDS[row.kind],
            "words": row.words,
            "published": row.published,
            "state": row.get_state_display(),
            "answer": row.said,
            "came of it": row.outcome,
        }
        for row in raised.select_related("topic").order_by("raised_on", "pk")
    ]
    return Held(
        "voices",
        "What you raised with your name",
        rows,
        "written by you, or by somebody for you",
        hidden="What you said without a name cannot be shown here: nothing links it to you. Your code opens it.",
        keeping="voice.with_a_name",
    )


def _written(user: User) -> Held:
    replies = Reply.objects.filter(user=user).select_related("voice").order_by("on", "pk")
    rows = [{"on": row.on, "about": str(row.voice), "words": row.words} for row in replies]
    return Held("replies", "What you wrote about voices", rows, "written by you", keeping="voice.with_a_name")


def _handed_over(user: User) -> Held:
    handed = Voice.objects.filter(raised_by=user, way=HANDED).order_by("raised_on", "pk")
    rows = [{"on": row.raised_on, "what": str(row), "state": row.get_state_display()} for row in handed]
    source = "written down by you; the words are theirs"
    return Held("voices-handed-over", "What you handed over for others", rows, source, keeping="voice.without_a_name")


def _given(user: User) -> Held:
    owned = Voice.objects.filter(owner=user).order_by("raised_on", "pk")
    rows = [{"what": str(row), "due": row.due, "state": row.get_state_display()} for row in owned]
    return Held("voices-with-you", "Voices that were given to you", rows, "given by a change lead, or taken on by you")
