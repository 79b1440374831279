"""What pages of folders below may show of messages: which of them answer the topic that is looked at."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from commonground.access.gate import actor_of
from commonground.communication.messages import DROPPED, Message

TOPIC = "voice:topic"


def answering(request: HttpRequest) -> dict[str, Any]:
    """`answering_messages` on the page of a topic, asked for only when the page shows them; nothing anywhere else."""
    match = request.resolver_match
    if match is None or match.view_name != TOPIC:
        return {}
    topic, actor = match.kwargs.get("pk"), actor_of(request)

    def found() -> list[Message]:
        rows = Message.objects.visible_to(actor).filter(topics=topic).exclude(state=DROPPED)
        return list(rows.order_by("start", "pk"))

    return {"answering_messages": SimpleLazyObject(found), "may_message": actor.may("messages.change")}
