"""The one gate in front of every page. Outsiders get 404: a page that is not theirs does not exist for them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from commonground.access import policy
from commonground.access.actor import NOBODY, Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; NOBODY where nobody has signed in."""
    actor = getattr(request, "actor", NOBODY)
    assert isinstance(actor, Actor)  # noqa: S101 - set by one middleware; anything else is a fault of ours
    return actor


def gate(verb: str) -> Callable[[View[P]], View[P]]:
    """Lets a view answer only those whose roles allow the verb; sends the unknown to sign in and everybody else a 404.

    Raises KeyError at import when the policy does not know the verb.
    """
    if verb not in policy.VERBS:
        raise KeyError(verb)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.user is None:
                return redirect_to_login(request.get_full_path())
            if not actor.may(verb):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]  # read by the permission matrix
        return guarded

    return decorate


def open_to_all(view: V) -> V:
    """Marks a view that needs no sign-in (sign-in itself, the first start). The permission matrix demands one mark or the other."""
    view.verb = None  # type: ignore[attr-defined]
    return view
