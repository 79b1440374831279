"""Sessions of training: planning them, giving places, and noting on a phone who was there; and who is left to train."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.organization.fields import unit_choices
from commonground.organization.models import Assignment, Person
from commonground.plan.models import Attendance, Module, Session
from commonground.plan.training_forms import PlacesForm, SessionForm
from commonground.plan.training_left import fitting, left
from commonground.plan.training_sessions import BOOKED
from commonground.plan.training_views import crumbs, module_of, to
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.realignment.names import role_words, unit_words
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset, Page, whole
from commonground.ui.words import plural

BY_NAME, BY_PERSON = Keyset(("person__name", "pk"), size=50), Keyset(("name", "pk"), size=50)
COLUMNS = ("id", "name", "unit", "role", "shift", "language", "place in a session")
MOST_AT_ONCE = 500
COUNTED = 5_000


def _session(request: HttpRequest, pk: int) -> Session:
    return Session.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("training.change")
def add_session(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program, row = actor_of(request), program_of(request), module_of(request, pk)
    form = SessionForm(request.POST or None, program=program, actor=actor, day=timezone.localdate())
    made: list[int] = []

    def save(values: dict[str, Any]) -> str:
        session = Session(module=row, key=Session.new_key(), **values)
        made.append(program.add(session, by=actor, at=timezone.now()).pk)
        return f"Planned: {session}. Give places to those who are to come."

    return pages.ask(
        request,
        form,
        save,
        title=f"Plan a session of “{row}”",
        question="When and where is it taught, in which language, and for how many?",
        back=to(request, "module", pk=pk),
        crumbs=crumbs(request, row),
        label="Plan it",
        to=lambda: to(request, "session", pk=made[0]),
    )


@gate("training.view")
def session(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One session: for whoever plans or leads, with those who have a place, to note who was there."""
    actor, row, day = actor_of(request), _session(request, pk), timezone.localdate()
    may_record = actor.may("training.record")
    there = BY_NAME.page(_there(actor, row), request.GET.get("after", "")) if may_record else whole([])
    over, past = row.on is not None and row.on <= day, row.on is not None and row.on < day
    values = {
        "row": row,
        "crumbs_before": crumbs(request, row.module),
        "page": there,
        "there": there.rows,
        "noted": any(one.state != BOOKED for one in there.rows),
        "over": over,
        "past": past,
        "may_record": may_record,
        "may_change": actor.may("training.change"),
        "places": PlacesForm(actor=actor, day=day) if may_record else None,
        "taken": row.attendances.exclude(state="missed").count() if may_record else None,
        "fits": _fits(actor, row, day).count() if actor.may("training.change") and not past else 0,
        "full": row.free == 0,
    }
    return render(request, "plan/session.html", values)


def _there(actor: Actor, row: Session) -> QuerySet[Attendance]:
    return Attendance.objects.visible_to(actor).filter(session=row).select_related("person")


def _fits(actor: Actor, row: Session, day: Any) -> QuerySet[Assignment]:
    """Who is left, has no place in a session to come, and fits the shift and language of this one."""
    waiting = Attendance.objects.filter(module=row.module_id, state=BOOKED, on__gte=day).values("person")
    rows = left(row.module, actor, day).exclude(person__in=waiting)
    return fitting(rows, unit=None, shift=row.shift, language=row.language, day=day)


@gate("training.change")
@require_POST
def book_left(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives places to those who are left and fit, by name, as far as there are seats."""
    actor, row, day = actor_of(request), _session(request, pk), timezone.localdate()

    def act() -> str:
        free = row.free
        most = MOST_AT_ONCE if free is None else min(free, MOST_AT_ONCE)
        rows = _fits(actor, row, day).order_by("person__name", "pk")[:most]
        new = row.book([one.person for one in rows], by=actor, at=timezone.now())
        if not new:
            return "Nobody who is left fits this session, or it has no free seat."
        return f"{plural(new, 'person has,people have')} a place now. The places can be taken back below."

    return pages.do(request, act, back=to(request, "session", pk=pk))


@gate("training.record")
@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a place to people by number, e-mail or name."""
    actor, row, day = actor_of(request), _session(request, pk), timezone.localdate()
    form = PlacesForm(request.POST, actor=actor, day=day)

    def act() -> str:
        if not form.is_valid():
            raise CannotError(" ".join(str(text) for texts in form.errors.values() for text in texts))
        new = row.book(form.cleaned_data["people"], by=actor, at=timezone.now())
        return f"{plural(new, 'person has,people have')} a place now."

    return pages.do(request, act, back=to(request, "session", pk=pk))


@gate("training.record")
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes who was there: those who are ticked; of the others on the same page of the list, that they could not be."""
    actor, row, day = actor_of(request), _session(request, pk), timezone.localdate()
    listed = _ids(request, "listed") & set(_there(actor, row).values_list("person", flat=True))
    ticked = _ids(request, "there") & listed

    def act() -> str:
        row.note(sorted(ticked), sorted(listed - ticked), today=day, by=actor, at=timezone.now())
        missed = len(listed - ticked)
        rest = f" {plural(missed, 'person')} could not be, and will need another day." if missed else ""
        return f"Noted: {plural(len(ticked), 'person was,people were')} there.{rest}"

    return pages.do(request, act, back=to(request, "session", pk=pk))


def _ids(request: HttpRequest, name: str) -> set[int]:
    return {found for text in request.POST.getlist(name) if (found := id_asked(text)) is not None}


@gate("training.change")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = actor_of(request), _session(request, pk)

    def act() -> str:
        row.take_back(by=actor, at=timezone.now())
        return "Taken back: nothing is noted of who was there."

    return pages.do(request, act, back=to(request, "session", pk=pk))


@gate("training.change")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = actor_of(request), _session(request, pk)

    def act() -> str:
        return f"{plural(row.release(by=actor, at=timezone.now()), 'place was,places were')} taken back."

    return pages.do(request, act, back=to(request, "session", pk=pk))


@gate("training.record")
def who_is_left(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who has not had a module that is meant for them: for who plans it all of them, for a unit manager their own people."""
    actor, row, day = actor_of(request), module_of(request, pk), timezone.localdate()
    wanted = {name: request.GET.get(name, "").strip()[:80] for name in ("shift", "language")}
    unit = id_asked(request.GET.get("unit", ""))
    rows = fitting(left(row, actor, day), unit=unit, **wanted, day=day)
    if request.GET.get("format") == "csv":
        ordered = rows.order_by("person__name", "pk")
        return csv_response(f"{row.name} who is left", COLUMNS, (one[1:] for one in _lines(list(ordered), row, day)))
    many = rows.order_by()[: COUNTED + 1].count()
    after = request.GET.get("after", "")
    page = _walked(rows, after) if many > COUNTED else BY_NAME.page(rows, after)
    values = {
        "row": row,
        "crumbs_before": crumbs(request, row),
        "page": page,
        "lines": _lines(page.rows, row, day),
        "heading": f"{_many(many)} left to train in “{row}”",
        "units": unit_choices(day, actor),
        "wanted": {**wanted, "unit": unit},
        "filtered": unit is not None or any(wanted.values()),
        "only_own": not actor.may("training.change"),
        "may_change": actor.may("training.change"),
        "many": many,
    }
    return render(request, "plan/who_is_left.html", values)


def _walked(rows: QuerySet[Assignment], after: str) -> Page[Assignment]:
    """A page of the same rows, found along the names of people: of very many, the first fifty are there at once."""
    people = BY_PERSON.page(Person.objects.filter(Exists(rows.order_by().filter(person=OuterRef("pk")))), after)
    there = rows.filter(person__in=[one.pk for one in people.rows]).order_by(*BY_NAME.order)
    return Page(list(there), people.after, people.is_first)


def _many(many: int) -> str:
    """How many there are, in words; of very many it is not counted on, since the page of the module says it."""
    if many > COUNTED:
        return f"More than {COUNTED:,} people are"
    return plural(many, "person is,people are") if many else "Nobody is"


def _lines(rows: Any, module: Module, day: Any) -> list[tuple[Any, ...]]:
    """For each: the person, and the cells of the list."""
    units = unit_words({one.unit_id for one in rows}, day)
    words = role_words({one.role_id for one in rows if one.role_id}, day)
    people = [one.person_id for one in rows] if len(rows) <= MOST_AT_ONCE else None
    waiting = Attendance.objects.filter(module=module, state=BOOKED, on__gte=day)
    if people is not None:
        waiting = waiting.filter(person__in=people)
    places = dict(waiting.order_by("-on").values_list("person", "on"))
    return [
        (
            one.person,
            one.person.key,
            one.person.name,
            units.get(one.unit_id, ""),
            words[one.role_id].name if one.role_id in words else "",
            one.shift,
            one.language,
            places.get(one.person_id),
        )
        for one in rows
    ]
