"""“My peers”: one's own page as a champion or member of the team. Nobody opens anybody else's."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.coalition.champion_action_views import own_place
from commonground.coalition.champion_forms import WeekForm
from commonground.coalition.models import Champion
from commonground.guidance.context import stands
from commonground.programs.middleware import program_of
from commonground.reports.my_peers import context, my_peers, why_nobody


@gate("my_peers.view")
def page(request: HttpRequest) -> HttpResponseBase:
    """Whom do I carry, what are they worried about, what do I say, and what came of it?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    stands(request)
    place = own_place(actor, program)
    found = my_peers(actor, program, day, place)
    mine = Champion.objects.visible_to(actor).of(program).asked(day).filter(person=actor.person)
    asked = actor.person is not None and mine.exists()
    initial = {"hours": found.week.hours, "contacts": found.week.contacts} if found.week else {}
    why, do = why_nobody(found, asked)
    values = {
        **context(actor, found),
        "place": place,
        "asked": asked,
        "why": why,
        "do": do,
        "form": WeekForm(initial=initial, auto_id="week_%s"),
        "leads": actor.may("champions.change"),
    }
    return render(request, "reports/my_peers.html", values)
