"""The composer: three teams side by side, each seat with its reason, what is missing, how good it is, and asking them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.coalition import advice as divergence
from commonground.analysis.coalition.composing import Team
from commonground.coalition.models import Composition, Member
from commonground.coalition.team import REASONS, SIZES
from commonground.guidance.context import stands
from commonground.guidance.results import results_for
from commonground.organization.models import Person
from commonground.programs import pages
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.models import Solution
from commonground.reports.composed import Choice, Proposals, choice_of, proposals, shown_by, told_words
from commonground.reports.team_tasks import compose_task
from commonground.ui.words import number, plural, spelled
from commonground.workflows.models import AnswersFor, Does

SAYS = {
    "small": "The fewest who cover it: somebody from every touched unit and level, and an owner of every process in question.",
    "usual": "Besides, somebody who answers for each process whose purpose is in question, two from each larger unit, and two from "
    "each very large group.",
    "large": "Besides, a deputy in every group of eight or more and for every process, everybody whose own process loses its purpose, and "
    "a holder of each role that gives something up.",
}


@gate("team.change")
def compose(request: HttpRequest) -> HttpResponseBase:
    """The three proposals, out of the stored ground and the saved choice."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    now = timezone.now()
    state = stands(request)
    ground = results_for(actor, program, "team_ground", whole=False).get("team_ground")
    today = results_for(actor, program, "team_coverage").get("team_coverage")
    values: dict[str, Any] = {"standing": state, "ground": ground}
    if ground is None or today is None or not (today.data["cells"] or today.data["in_question"]):
        return render(request, "coalition/compose.html", values)
    row = Composition.objects.of(program)
    choice = choice_of(row, day)
    found, wanted = proposals(ground, choice, now)
    if wanted:
        compose_task.enqueue(program=program.pk, view=ground.view)
    size = request.GET.get("size", row.size)
    size = size if size in SIZES else row.size
    values |= {"row": row, "size": size, "view": ground.view, "found": found, "day": ground.day, **_asked(row)}
    values |= _advised(row)
    if found.teams:
        chosen = next(team for team in found.teams if team.size == size)
        values |= _shown(actor, found, chosen, choice, row)
        values["seats"] = [
            {**one, "unit": today.data.get("names", {}).get(one["seat"].unit, "")} for one in values["seats"]
        ]
    return render(request, "coalition/compose.html", values)


def _shown(actor: Actor, found: Proposals, chosen: Team, choice: Choice, row: Composition) -> dict[str, Any]:
    wishes = list(row.wishes.select_related("person").order_by("person__name")) if row.pk else []
    people = _people(actor, found.teams, choice)
    fixed = {wish.person.key for wish in wishes if wish.on}
    sizes = {team.size: {seat.person for seat in team.seats} for team in found.teams}
    new = [seat.person for seat in chosen.seats if seat.person not in choice.asked]
    return {
        "title": title(chosen, choice),
        "sizes": [_size(team, choice, chosen.size) for team in found.teams],
        "chosen": chosen,
        "shown": shown_by(found.teams),
        "certificate": certificate(chosen, choice),
        "seats": [
            {
                "seat": seat,
                "person": people.get(seat.person),
                "asked": seat.person in choice.asked,
                "fixed": seat.person in fixed,
                "in_sizes": [(name, seat.person in sizes[name]) for name in SIZES],
            }
            for seat in sorted(chosen.seats, key=lambda seat: seat.person in choice.asked)
        ],
        "gaps": [_gap(gap, people, choice) for gap in chosen.gaps],
        "wishes": wishes,
        "new": len(new),
        "reasons": list(REASONS.items())[1:],
        "strangers": [people[key].name for key in chosen.strangers if key in people],
    }


def _size(team: Team, choice: Choice, chosen: str) -> dict[str, Any]:
    return {
        "name": team.size,
        "people": team.people,
        "new": sum(1 for seat in team.seats if seat.person not in choice.asked),
        "units": len({seat.unit for seat in team.seats if seat.unit}),
        "front": sum(1 for seat in team.seats if seat.front),
        "says": SAYS[team.size],
        "proven": team.proven,
        "certificate": certificate(team, choice),
        "gaps": len(team.gaps),
        "current": team.size == chosen,
    }


def _people(actor: Actor, teams: Iterable[Team], choice: Choice) -> dict[str, Person]:
    keys = {seat.person for team in teams for seat in team.seats} | set(choice.fixed) | set(choice.forbidden)
    keys |= {near.person for team in teams for gap in team.gaps for near in gap.nearest}
    return {row.key: row for row in Person.objects.visible_to(actor).filter(key__in=keys)}


def _gap(gap: Any, people: Mapping[str, Person], choice: Choice) -> dict[str, Any]:
    near = [
        {"near": one, "person": people[one.person], "out": one.person in choice.forbidden}
        for one in gap.nearest
        if one.person in people
    ]
    return {"gap": gap, "nearest": near}


def title(team: Team, choice: Choice) -> str:
    """What the chosen proposal says, in a sentence."""
    if not team.people:
        return "Nobody can be proposed yet"
    more = sum(1 for seat in team.seats if seat.person not in choice.asked)
    if team.gaps:
        whom = f"{plural(len(team.gaps), 'gap')} that nobody can fill as things are"
        return f"{plural(team.people, 'person,people')}, and {whom}"
    if not more:
        return "Everybody whom this team needs is asked or on it"
    if choice.asked:
        return f"{spelled(more).capitalize()} more would make it whole: {plural(team.people, 'person,people')} in all"
    return f"{plural(team.people, 'person covers,people cover')} every touched group and every process in question"


def certificate(team: Team, choice: Choice) -> str:
    """How good it is, in a sentence."""
    given = []
    if choice.fixed:
        given.append(f"{plural(len(choice.fixed), 'person,people')} fixed")
    if choice.forbidden:
        given.append(f"{plural(len(choice.forbidden), 'person,people')} left off")
    under = f" with {' and '.join(given)}" if given else ""
    what = {"small": "covers all", "usual": "does all of this", "large": "does all of this"}[team.size]
    what = f"{what} that can be" if team.gaps else what
    if team.proven:
        said = f"Proven: no team of fewer than {number(team.people)}{under} {what}."
    else:
        said = f"No team of fewer than {number(team.bound)}{under} {what}; this one has {number(team.people)}."
    return (
        said if team.balanced else f"{said} One unit is more than 60 % of it: too few from other units can be seated."
    )


def _asked(row: Composition) -> dict[str, Any]:
    """The last asking, as far as it can be taken back."""
    asked = row.asked or {}
    open_to_it = Member.objects.filter(pk__in=asked.get("members", ()), consent=None, hours_per_week=None, end=None)
    return {"undo": open_to_it.count(), "undo_seats": len(asked.get("seats", ()))}


def _advised(row: Composition) -> dict[str, Any]:
    return {
        "question": divergence.QUESTION,
        "steps": [
            {"value": v, "short": short, "words": words, "current": v == row.divergence}
            for v, short, words in divergence.STEPS
        ],
        "rule": divergence.RULE,
        "advice": divergence.advice(row.divergence) if row.divergence else None,
        "sources": divergence.SOURCES,
        "limits": divergence.LIMITS,
    }


@gate("team.change")
@require_POST
def seat(request: HttpRequest) -> HttpResponseBase:
    """Asks everybody of the shown proposal who is not asked yet. Fields: `size`, `key` of what was shown, `searches`."""
    actor, program, day, now = actor_of(request), program_of(request), as_of(request), timezone.now()
    size, back = request.POST.get("size", ""), reverse("coalition:compose", kwargs={"program": program.slug})

    def act() -> str:
        ground = results_for(actor, program, "team_ground", whole=False).get("team_ground")
        row = Composition.objects.of(program)
        choice = choice_of(row, day)
        found, _ = proposals(ground, choice, now) if ground is not None else (None, False)
        if found is None or size not in SIZES or not found.teams or shown_by(found.teams) != request.POST.get("key"):
            raise CannotError(
                "The proposal has changed since you saw it, so nobody was asked. Look at it and ask again."
            )
        team = next(team for team in found.teams if team.size == size)
        keys = [one.person for one in team.seats if one.person not in choice.asked]
        people = list(Person.objects.visible_to(actor).filter(key__in=keys).order_by("name"))
        words = told_words(program, keys)
        searches = _searches(actor, program, people, day) if request.POST.get("searches") else {}
        row.choose(size, by=actor, at=now)
        asking = [(person, words.get(person.key, ())) for person in people]
        members, seats = row.seat(asking, searches=searches, by=actor, at=now)
        also = (
            f", and {plural(len(seats), 'seat')} in searches {'is' if len(seats) == 1 else 'are'} offered"
            if seats
            else ""
        )
        return f"{plural(len(members), 'person is,people are')} asked to join the team{also}. They answer on their own page."

    return pages.do(request, act, back=back)


def _searches(actor: Actor, program: Program, people: Sequence[Person], day: date) -> dict[int, list[Solution]]:
    """Person → the open searches for a new way of work that they answer for or do."""
    running: dict[int, list[Solution]] = {}
    for solution in Solution.objects.visible_to(actor).filter(program=program, decided=None):
        running.setdefault(solution.workflow_id, []).append(solution)
    found: dict[int, list[Solution]] = {}
    of_work = {"process__program": program, "process__workflow__in": list(running), "person__in": people}
    for model in (AnswersFor, Does):
        for person, workflow in (
            model.objects.on(day).filter(**of_work).values_list("person", "process__workflow").distinct()
        ):
            mine = found.setdefault(person, [])
            mine += [solution for solution in running[workflow] if solution not in mine]
    return found
