"""Printed codes for people without an address, and the way of those who are signed in to their own page of questions."""

from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.assessments.invitations import link_of
from commonground.assessments.round_forms import CodesForm
from commonground.assessments.rounds import SLIP, Combination, Invited, Round
from commonground.assessments.running import codes_beyond, codes_of, print_more
from commonground.assessments.tokens import NoKeyError, key_of, personal, written
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.qr import qr
from commonground.ui.words import day as written_day
from commonground.ui.words import plural

A_SHEET: Final = 12


class Slip(NamedTuple):
    code: str
    qr: SafeString


@gate("assessments.change")
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Slips to be cut out, twelve a sheet: of one group, drawn by its people as they like, assigned to nobody."""
    actor, program = actor_of(request), program_of(request)
    group = Combination.objects.get_for(actor, round__program=program, pk=pk)
    row = group.round
    if row.state != "open":
        raise Http404
    try:
        slips = [Slip(written(code), qr(link_of(code), "QR code of the link")) for code in codes_of(group)]
        gone = ""
    except CannotError as refused:
        slips, gone = [], str(refused)
    values: dict[str, Any] = {
        "row": row,
        "group": group,
        "gone": gone,
        "sheets": [slips[start : start + A_SHEET] for start in range(0, len(slips), A_SHEET)],
        "count": len(slips),
        "address": f"{settings.ADDRESS}{reverse('assessments_open:enter')}",
        "until": written_day(row.closes_on),
        "left": group.invited - group.slips,
        "over": codes_beyond(row, group),
    }
    response = render(request, "assessments/codes.html", values)
    response["Cache-Control"] = "no-store"
    return response


@gate("assessments.change")
def more_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """More printed codes for a group, where slips were lost or people have no address that works."""
    actor, program = actor_of(request), program_of(request)
    group = Combination.objects.get_for(actor, round__program=program, pk=pk)
    row = group.round
    back = reverse("assessments:round", kwargs={"program": program.slug, "pk": row.pk})

    def save(values: dict[str, Any]) -> str:
        print_more(group, values["count"], by=actor, at=timezone.now())
        return f"{plural(values['count'], 'more code')} for {group}."

    return pages.ask(
        request,
        CodesForm(request.POST or None),
        save,
        title=f"More codes for {group}",
        question=f"{plural(group.invited, 'person,people')} invited, {plural(group.slips, 'printed code')} so far. Whoever has a link "
        "as well could answer twice: give a code only to somebody who has none that works.",
        back=back,
        crumbs=[("Assessments", reverse("assessments:list", kwargs={"program": program.slug})), (str(row), back)],
        label="Make them",
    )


@gate("assessments.answer")
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Which rounds ask me?"""
    actor, program = actor_of(request), program_of(request)
    rows = (
        Invited.objects.visible_to(actor)
        .filter(round__in=Round.objects.open_on(timezone.localdate()).filter(program=program))
        .select_related("round")
    )
    values = {"rows": [(one.round, one.by != SLIP) for one in rows]}
    return render(request, "assessments/waiting.html", values)


@gate("assessments.answer")
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """On to one's own page of questions: the code is made for this moment and written nowhere."""
    actor, program = actor_of(request), program_of(request)
    one = Invited.objects.get_for(actor, round__program=program, round=pk)
    if one.by == SLIP or not one.round.takes_answers(timezone.localdate()):
        raise Http404
    try:
        code = personal(key_of(one.round_id), one.person_id)
    except NoKeyError as gone:
        raise Http404 from gone
    response = HttpResponseRedirect(reverse("assessments_open:answer", kwargs={"code": written(code)}))
    response["Cache-Control"] = "no-store"
    return response
