"""Puts the Actor on each request, and asks for the second factor where a role needs one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from commonground.access.actor import NOBODY
from commonground.accounts.entering import owes_second_factor
from commonground.accounts.models import User, actor_for

FREE = ("accounts:second-factor", "accounts:sign-out", "accounts:sign-in", "accounts:second", "ui:theme")


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
        if settings.SECOND_FACTOR_ROLES and owes_second_factor(request, actor) and not _is_free(request.path):
            return redirect("accounts:second-factor")
        return self.get_response(request)


def _is_free(path: str) -> bool:
    """Whether a page stands open to those who have still to give or set up their second factor."""
    return path.startswith(f"/{settings.STATIC_URL.lstrip('/')}") or path in {reverse(name) for name in FREE}
