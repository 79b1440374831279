"""The library of ready behaviours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.adoption.library import AREAS, library
from commonground.adoption.models import Behaviour
from commonground.programs.middleware import program_of


@gate("pace.view")
def library_page(request: HttpRequest) -> HttpResponse:
    """Which one thing is to be done in a new way, and how could that be seen?"""
    actor, program = actor_of(request), program_of(request)
    used = {row.ready: row for row in Behaviour.objects.visible_to(actor).filter(program=program).exclude(ready="")}
    ready = library()
    area = request.GET.get("area", "")
    groups = [
        (
            words,
            [
                (one, used.get(one.key), [ready[key] for key in one.instead])
                for one in ready.values()
                if one.area == key_of_area
            ],
            key_of_area == "vanity",
        )
        for key_of_area, words in AREAS.items()
        if area in ("", key_of_area) or area not in AREAS
    ]
    values = {
        "areas": list(AREAS.items()),
        "groups": groups,
        "count": sum(len(rows) for _, rows, _ in groups),
        "can_change": actor.may("pace.change"),
    }
    return render(request, "adoption/library.html", values)
