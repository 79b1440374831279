"""Puts the Actor on each request."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from commonground.access.actor import NOBODY
from commonground.accounts.models import User, actor_for


class ActorMiddleware:
    """Sets `request.actor`: who asks, with the roles in force now, so that a role taken back is gone at the next click."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        actor = NOBODY
        if isinstance(user, User):
            person = getattr(user, "person", None)  # organization.Person points here
            actor = actor_for(user, person=person.pk if person is not None else None)
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)
