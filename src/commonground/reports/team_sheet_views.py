"""The printable sheet for a team without screens, chosen by unit."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.organization.models import Unit
from commonground.programs.middleware import as_of, program_of
from commonground.reports.team_sheet import sheet, units_of
from commonground.ui.asked import id_asked


@gate("team_sheet.view")
def page(request: HttpRequest) -> HttpResponseBase:
    """What changes for one team, by role and process: `?unit=` says whose."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    units = units_of(actor, day)
    asked = request.GET.get("unit", "")
    own = next(iter(actor.units)) if len(actor.units) == 1 else None
    chosen = id_asked(asked) if asked.isdecimal() else own
    if chosen is not None and chosen not in units:
        raise Http404
    found = sheet(actor, program, Unit.objects.get_for(actor, pk=chosen), day) if chosen else None
    values = {
        "units": units.items(),
        "chosen": chosen,
        "sheet": found,
        "sheet_title": f"What changes for {found.unit}" if found else "",
        "day": day,
    }
    return render(request, "reports/team_sheet.html", values)
