"""Puts the program of the address and the day that is asked about on each request."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from commonground.access.gate import actor_of
from commonground.programs.models import Program

YEARS = range(1900, 2200)


class ProgramMiddleware:
    """Sets `request.program` from the address (404 when it is not the actor's to see) and `request.as_of` from `?as_of=`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.today = timezone.localdate()  # type: ignore[attr-defined]
        request.as_of = _day(request.GET.get("as_of", "")) or request.today  # type: ignore[attr-defined]
        request.program = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        slug = kwargs.pop("program", None)
        actor = actor_of(request)
        if slug is not None and actor.user is not None:
            request.program = Program.objects.get_for(actor, slug=slug)  # type: ignore[attr-defined]
        elif slug is None and actor.user is not None:
            # pages of the instance keep the rail of the program one works in
            request.program = Program.objects.visible_to(actor).first()  # type: ignore[attr-defined]


def _day(text: str) -> date | None:
    """The day that an address names; None for none, and for one so far off that nothing can be reckoned around it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def program_of(request: HttpRequest) -> Program:
    """The program of the address; views below `<program>/` always have one."""
    program = getattr(request, "program", None)
    assert isinstance(program, Program)  # noqa: S101 - the gate has sent strangers away before
    return program


def as_of(request: HttpRequest) -> date:
    """The day that the page is asked about: today unless `?as_of=` says another."""
    return request.as_of  # type: ignore[attr-defined,no-any-return]
