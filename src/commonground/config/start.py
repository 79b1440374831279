"""The front door: where somebody who comes to the bare address is sent."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from commonground.access import roles
from commonground.access.gate import actor_of, open_to_all
from commonground.accounts.models import User
from commonground.programs.models import Program


@open_to_all
def start(request: HttpRequest) -> HttpResponseBase:
    """First start → make the administrator; unknown → sign in; staff → today; the technical administrator → people with access;
    the auditor → the journal; everybody else → what changes for me; who has no role yet → their own account."""
    if not User.objects.exists():
        return redirect("first-start")
    actor = actor_of(request)
    if actor.user is None:
        return redirect("accounts:sign-in")
    program = Program.objects.visible_to(actor).first()
    if program is None:
        return redirect("access:list") if actor.may("accounts.manage") else redirect("accounts:own")
    if actor.is_staff:
        return redirect("reports:today", program=program.slug)
    page = "journal:list" if actor.has(roles.AUDITOR) else "reports:for-me"
    return redirect(page, program=program.slug)
