"""One role: what it is and becomes, who holds it, what it gains and loses, who has heard."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.organization.models import Assignment, Person, Role
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.pages import ask, do
from commonground.realignment.acknowledgements import STEP_LABELS
from commonground.realignment.balance import BalanceRow, balance_rows
from commonground.realignment.forms import ConversationForm, RoleFateForm
from commonground.realignment.models import Acknowledgement, Conversation, HolderPath, RoleFate
from commonground.realignment.names import RoleWords, role_words, unit_words
from commonground.realignment.plans import view_of
from commonground.ui.paging import Keyset
from commonground.ui.words import day as day_words

QUICK = 2_000  # holders that are sorted by name within a page's time
VERBS = {
    "keep": "stays as it is",
    "change": "changes",
    "merge": "merges into another",
    "end": "ends",
    "create": "is new",
}


def title_of(name: str, fate: RoleFate | None) -> str:
    """“Billing clerk changes on 9 Nov 2026”."""
    if fate is None:
        return name
    when = f" on {day_words(fate.effective)}" if fate.effective and fate.fate != "keep" else ""
    return f"{name} {VERBS[fate.fate]}{when}"


def role_url(program: Program, role: int) -> str:
    return reverse("realignment:role", kwargs={"program": program.slug, "pk": role})


def words_of(role: Role, day: date) -> RoleWords:
    return role_words([role.pk], day).get(role.pk, RoleWords(role.key))


@gate("balance.view")
def role(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the role is, what it becomes, and whether everybody who holds it has heard."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Role.objects.get_for(actor, pk=pk)
    fate = RoleFate.objects.visible_to(actor).filter(program=program, role=row).first()
    words = words_of(row, day)
    values: dict[str, Any] = {
        "role": row,
        "words": words,
        "title": title_of(words.name, fate),
        "fate": fate,
        "may_change": actor.may("realignment.change"),
        "may_record": actor.may("conversations.record"),
        "today": timezone.localdate(),
        **_holders(request, actor, program, row, fate, day),
    }
    if fate is not None:
        values["plan"] = view_of(fate, actor, day, timezone.localdate())
        values["balance"] = _balance(actor, program, day, fate)
        values["conversations"] = (
            Conversation.objects.visible_to(actor)
            .filter(role_fate=fate)
            .select_related("offered_by")
            .order_by("-offered_on", "-pk")
        )
    return render(request, "realignment/role.html", values)


def _balance(actor: Actor, program: Program, day: date, fate: RoleFate) -> BalanceRow | None:
    return next((row for row in balance_rows(actor, program, day) if row.fate.pk == fate.pk), None)


def _holders(
    request: HttpRequest, actor: Actor, program: Program, role: Role, fate: RoleFate | None, day: date
) -> dict[str, Any]:
    """A page of those who hold the role and whom the actor may see, with their path and what they have heard."""
    held = Assignment.objects.visible_to(actor).on(day).filter(role=role).select_related("person")
    quick = Assignment.objects.on(day).filter(role=role)[: QUICK + 1].count() <= QUICK
    page = Keyset(("person__name", "pk") if quick else ("pk",)).page(held, request.GET.get("after", ""))
    people = [row.person_id for row in page.rows]
    paths = {
        path.person_id: path
        for path in HolderPath.objects.visible_to(actor).filter(program=program, role=role, person__in=people)
    }
    heard = Acknowledgement.objects.visible_to(actor).filter(role_fate=fate) if fate else Acknowledgement.objects.none()
    steps = {row.person_id: row for row in heard.filter(person__in=people)}
    units = unit_words([row.unit_id for row in page.rows], day)
    counts = heard.aggregate(**{step: Count(step) for step in STEP_LABELS}) if fate else {}
    return {
        "page": page,
        "holders": [
            (row, units.get(row.unit_id, ""), paths.get(row.person_id), steps.get(row.person_id)) for row in page.rows
        ],
        "heard": counts,
    }


@gate("realignment.change")
def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Drafts what is to become of a role, or changes the draft."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    row = Role.objects.get_for(actor, pk=pk)
    fate = RoleFate.objects.visible_to(actor).filter(program=program, role=row).first()
    words = words_of(row, day)
    asked = ("fate", "effective", "definition_after")
    initial = {name: getattr(fate, name) for name in asked} if fate else {"definition_after": words.definition}
    form = RoleFateForm(request.POST or None, actor=actor, day=day, initial=initial)

    def save(values: dict[str, Any]) -> str:
        at = timezone.now()
        if fate is not None:
            fate.change(by=actor, at=at, **values)
            return f"What is planned for {words.name} is changed."
        RoleFate.objects.draft(row, program=program, by=actor, at=at, **values)
        return f"A draft for {words.name} is begun. Only you see it until you name readers or show it to leads and sponsors."

    return ask(
        request,
        form,
        save,
        title=f"What becomes of {words.name}?",
        question="Those who hold the role see none of it until their line has spoken with them and you show it.",
        back=role_url(program, pk),
        crumbs=[
            ("Gains and losses", reverse("realignment:balance", kwargs={"program": program.slug})),
            (words.name, role_url(program, pk)),
        ],
        label="Save the plan",
    )


@gate("conversations.record")
def conversation_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Notes that a conversation on the role was offered: the day and by whom, nothing else."""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    fate = _fate(actor, program, pk)
    initial = {"on": timezone.localdate(), "offered_by": actor.person}
    form = ConversationForm(request.POST or None, actor=actor, day=day, initial=initial)

    def save(values: dict[str, Any]) -> str:
        Conversation.objects.offer(fate, by=actor, at=timezone.now(), **values)
        return "The offer of a conversation is noted. What is said in it is nobody else’s."

    return ask(
        request,
        form,
        save,
        title="A conversation was offered",
        question="Only the day and by whom. What is said in it is written down nowhere.",
        back=role_url(program, pk),
        label="Note it",
    )


def _fate(actor: Actor, program: Program, role: int) -> RoleFate:
    return RoleFate.objects.get_for(actor, program=program, role=role)


@gate("conversations.record")
@require_POST
def conversation_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes back what was noted by mistake."""
    actor, program = actor_of(request), program_of(request)
    row: Any = Conversation.objects.get_for(actor, role_fate__program=program, pk=pk)
    back = role_url(program, row.role_fate.role_id)

    def act() -> str:
        row.remove(by=actor, at=timezone.now())
        return "The note is taken back. It can be written again below “Conversations offered”."

    return do(request, act, back=back)


@gate("conversations.record")
@require_POST
def heard(request: HttpRequest, pk: int, person: int) -> HttpResponseBase:
    """The manager's side of the steps: read on paper, talked over; and the way back from each. Fields: `step`, `on`, `undo`."""
    actor, program, at = actor_of(request), program_of(request), timezone.now()
    fate = _fate(actor, program, pk)
    who = Person.objects.get_for(actor, pk=person)
    if who.pk == actor.person:
        raise Http404  # one's own steps are taken on one's own page
    step, back = request.POST.get("step", ""), f"{role_url(program, pk)}#holders"
    if step not in {"read", "discussed_manager"}:
        raise Http404
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = timezone.localdate()

    def note() -> str:
        Acknowledgement.objects.note(fate, person=who, step=step, on=on, by=actor, at=at)
        return f"Noted for {who}: {STEP_LABELS[step]}."

    def undo() -> str:
        row: Any = Acknowledgement.objects.get_for(actor, role_fate=fate, person=who)
        row.take_back(step, by=actor, at=at)
        return f"Taken back for {who}: {STEP_LABELS[step]}."

    act: Callable[[], str] = undo if request.POST.get("undo") else note
    return do(request, act, back=back)


def again(program: Program, role: int, values: dict[str, Any]) -> str:
    """Where a removed gain or loss can be written again: its form, filled in."""
    return f"{reverse('realignment:gain-add', kwargs={'program': program.slug, 'pk': role})}?{urlencode(values)}"
