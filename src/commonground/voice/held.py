"""What is held on a person here: what they raised with their name, wrote again, handed over, and were given."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.voice.models import Reply, Voice
from commonground.voice.states import KINDS
from commonground.voice.voices import HANDED


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their voices with a name, what they wrote to and fro, those they handed over (without the words of others), those they have."""
    raised = Voice.objects.filter(raised_by=user).exclude(way=HANDED)
    if person is not None:
        raised = raised | Voice.objects.filter(author=person)
    handed = Voice.objects.filter(raised_by=user, way=HANDED)
    replies = Reply.objects.filter(user=user).select_related("voice")
    owned = Voice.objects.filter(owner=user)
    source = "written by you, or by somebody for you"
    return [
        Held(
            "voices",
            "What you raised with your name",
            [
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
            ],
            source,
            hidden="What you said without a name cannot be shown here: nothing links it to you. Your code opens it.",
            keeping="voice.with_a_name",
        ),
        Held(
            "replies",
            "What you wrote about voices",
            [{"on": row.on, "about": str(row.voice), "words": row.words} for row in replies.order_by("on", "pk")],
            "written by you",
            keeping="voice.with_a_name",
        ),
        Held(
            "voices-handed-over",
            "What you handed over for others",
            [
                {"on": row.raised_on, "what": str(row), "state": row.get_state_display()}
                for row in handed.order_by("raised_on", "pk")
            ],
            "written down by you; the words are theirs",
            keeping="voice.without_a_name",
        ),
        Held(
            "voices-with-you",
            "Voices that were given to you",
            [
                {"what": str(row), "due": row.due, "state": row.get_state_display()}
                for row in owned.order_by("raised_on", "pk")
            ],
            "given by a change lead, or taken on by you",
        ),
    ]
