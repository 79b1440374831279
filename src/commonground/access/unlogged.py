"""Pages of which nothing is logged: a line of the log has a time, and their address or the moment would tell of whoever asks.

Django writes the address of whatever it refuses or fails at into its log. Here a fault is logged without it, and nothing else.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
log = logging.getLogger(__name__)


def unlogged(instead: Callable[[int], HttpResponse]) -> Callable[[View[P]], View[P]]:
    """Keeps the address of a page out of the log, whatever happens there.

    instead: the page for the status 404 where nothing was found, and 500 where the view failed.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                response = instead(404)
            except Exception:  # it would be logged with its address further up
                log.exception("A page of which nothing is logged has failed. Its address is left out.")
                response = instead(500)
            response._has_been_logged = True  # type: ignore[attr-defined]  # what django.utils.log.log_response looks at
            return response

        return quiet

    return decorate
