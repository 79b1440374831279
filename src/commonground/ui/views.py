"""The page that shows every component, and the switch between light and dark."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from commonground.ui import specimens
from commonground.ui.context import THEME_COOKIE, THEMES, signed_in

_YEAR = 365 * 24 * 60 * 60


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once, with made-up content, for whoever builds a page. Open to everyone who has signed in."""
    if signed_in(request) is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "ui/styleguide.html", specimens.all_of_them())


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remembers light, dark or as the system in a cookie, and goes back to where one was."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


# Read by the permission matrix; ui stands before access and cannot use its gate.
styleguide.verb = "styleguide.view"  # type: ignore[attr-defined]
theme.verb = None  # type: ignore[attr-defined]
