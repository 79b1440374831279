"""The last steps of every way in: the second factor where somebody has one, then the session."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from commonground.access.actor import Actor
from commonground.accounts.backends import MODEL_BACKEND
from commonground.accounts.models import SecondFactor, User

PASSWORD, CODE, SSO = "password", "code", "sso"
WAY, SECOND, PENDING = "way_in", "second_factor", "half_signed_in"
PATIENCE = timedelta(minutes=10)


def enter(request: HttpRequest, user: User, *, way: str, after: str, at: datetime) -> HttpResponse:
    """Goes on after the first proof: to the second one, or in. The organization's own sign-in asks for its second factor itself."""
    if way != SSO and SecondFactor.objects.filter(user=user).exists():
        request.session[PENDING] = {"user": user.pk, "way": way, "after": safe(request, after), "at": at.timestamp()}
        return redirect("accounts:second")
    return let_in(request, user, way=way, after=after, second=False)


def half_way(request: HttpRequest, at: datetime) -> tuple[User, str, str] | None:
    """Who has given the first proof in this browser a short while ago, how, and what they wanted; None for nobody."""
    pending = request.session.get(PENDING)
    if not isinstance(pending, dict) or at.timestamp() - pending["at"] > PATIENCE.total_seconds():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    return None if user is None else (user, pending["way"], pending["after"])


def let_in(request: HttpRequest, user: User, *, way: str, after: str, second: bool) -> HttpResponse:
    """Begins the session and leads to the page that was wanted."""
    login(request, user, backend=MODEL_BACKEND)
    request.session.pop(PENDING, None)
    request.session[WAY], request.session[SECOND] = way, second
    if way == CODE:
        return redirect("accounts:begin")
    return redirect(safe(request, after) or resolve_url(settings.LOGIN_REDIRECT_URL))


def safe(request: HttpRequest, after: str) -> str:
    """The address that was wanted, if it is one of this instance."""
    here = url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return after if here else ""


def owes_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Whether one of the actor's roles needs a second factor and this session was begun without one."""
    if not actor.has(*settings.SECOND_FACTOR_ROLES):
        return False
    return not request.session.get(SECOND) and request.session.get(WAY) != SSO
