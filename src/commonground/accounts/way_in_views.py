"""The ways in beside name and password: the organization's own sign-in, a printed code, and the second step."""

import logging

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonground.access.gate import open_to_all
from commonground.accounts.backends import PRINTED
from commonground.accounts.entering import CODE, SSO, enter, half_way, let_in
from commonground.accounts.forms import PrintedCodeForm, SecondStepForm
from commonground.accounts.identities import NotLetInError
from commonground.accounts.models import Identity, User
from commonground.accounts.provider import provider

log = logging.getLogger(__name__)


@open_to_all
@never_cache
@require_safe
def sso(request: HttpRequest) -> HttpResponseBase:
    """Sends the browser to the organization's own sign-in."""
    if provider() is None:
        return redirect("accounts:sign-in")
    from commonground.accounts.single_sign_on import address_to_begin  # noqa: PLC0415 - allauth is there only with a provider

    try:
        return redirect(address_to_begin(request, request.GET.get("next", "")))
    except NotLetInError as error:
        return _not_let_in(request, error)


@open_to_all
@never_cache
@require_safe
def sso_back(request: HttpRequest) -> HttpResponseBase:
    """Lets in whoever comes back from there."""
    found = provider()
    if found is None:
        return redirect("accounts:sign-in")
    from commonground.accounts.single_sign_on import who_came_back  # noqa: PLC0415 - allauth is there only with a provider

    at = timezone.now()
    try:
        known, after = who_came_back(request)
        user = Identity.objects.let_in(known, found, at=at)
    except NotLetInError as error:
        return _not_let_in(request, error)
    return enter(request, user, way=SSO, after=after, at=at)


def _not_let_in(request: HttpRequest, error: NotLetInError) -> HttpResponseBase:
    if error.__cause__ is not None:
        cause = f"{type(error.__cause__).__name__}: {error.__cause__}"
        log.warning("Sign-in by the organization failed: %s", cause[:200])
    messages.error(request, str(error))
    return redirect("accounts:sign-in")


@open_to_all
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """Signs in by a printed code. Opening the page does not use it up; the button does."""
    form = PrintedCodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        user = authenticate(request, username=PRINTED, printed_code=form.cleaned_data["code"], at=at)
        if isinstance(user, User):
            return enter(request, user, way=CODE, after="", at=at)
        form.add_error(
            "code", "This code is not known, was used already, or is over. Ask whoever gave it to you for a new one."
        )
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.is_bound else 200)


@open_to_all
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponseBase:
    """Asks for the second factor after the first proof."""
    at = timezone.now()
    found = half_way(request, at)
    if found is None:
        return redirect("accounts:sign-in")
    user, way, after = found
    form = SecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if authenticate(request, username=user.username, second_factor=form.cleaned_data["code"], at=at) is not None:
            return let_in(request, user, way=way, after=after, second=True)
        form.add_error(
            "code", "This code does not fit or was used already. Take the next one from the app, or a recovery code."
        )
    return render(request, "accounts/second.html", {"form": form}, status=422 if form.is_bound else 200)
