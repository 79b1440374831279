"""What is done with lists: prepare, approve, take, print, say that it went out; and each step back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as flashes
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.reach import LABELS
from commonground.communication import addressing, printing, sending_lists
from commonground.communication.came_back import STATES, CameBack, say_sent
from commonground.communication.letterheads import letterhead_of
from commonground.communication.messages import Message
from commonground.communication.sending_forms import LetterheadForm, SentForm
from commonground.communication.sending_tasks import print_task
from commonground.communication.sending_views import BACK_MARKS, crumbs_to, outgoing, page_of, sending, sendings
from commonground.communication.sendings import Sending
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.csv_response import csv_file
from commonground.ui.words import plural

Act = Callable[[HttpRequest, Sending], str]


def _row(request: HttpRequest, pk: int) -> Sending:
    rows = Sending.objects.select_related("message", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


def _click(verb: str, act: Act) -> Callable[..., HttpResponseBase]:
    """One click on a list: does it, says what was done or why not, and goes back to the list."""

    @gate(verb)
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = _row(request, pk)
        return pages.do(request, lambda: act(request, row), back=page_of(program_of(request), row))

    return view


@gate("messages.change")
@require_POST
def prepare(request: HttpRequest, pk: int, channel: str) -> HttpResponse:
    """Writes down who gets a message on a channel."""
    actor, program = actor_of(request), program_of(request)
    message = Message.objects.visible_to(actor).to_customers().get_for(actor, program=program, pk=pk)
    try:
        row = addressing.prepare(message, channel, by=actor, at=timezone.now())
    except CannotError as refused:
        flashes.error(request, str(refused))
        return redirect("communication:outgoing", program=program.slug, pk=pk)
    flashes.success(
        request, f"Prepared: {plural(row.counted, 'customer')} by {LABELS[channel]}. Somebody else approves the count."
    )
    return redirect(page_of(program, row))


@gate("messages.change")
@require_POST
def prepare_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops a list that waits and prepares it as it is now."""
    row, program, made = _row(request, pk), program_of(request), list[Sending]()

    def act() -> str:
        made.append(addressing.prepare_anew(row, by=actor_of(request), at=timezone.now()))
        return f"Prepared anew: {plural(made[0].counted, 'customer')}."

    pages.do(request, act, back=page_of(program, row))
    return redirect(page_of(program, made[0] if made else row))


def _approve(request: HttpRequest, row: Sending) -> str:
    counted = request.POST.get("counted", "")
    shown = int(counted) if counted.isdecimal() and len(counted) < 10 else -1
    addressing.approve(row, counted=shown, by=actor_of(request), at=timezone.now())
    return f"Approved: it goes to {plural(row.counted, 'customer')} by {LABELS[row.channel]}. The list can be taken."


def _take_back(request: HttpRequest, row: Sending) -> str:
    row.take_back(by=actor_of(request), at=timezone.now())
    return "The approval is taken back."


def _drop(request: HttpRequest, row: Sending) -> str:
    row.drop(by=actor_of(request), at=timezone.now())
    return "Dropped: nobody stands on it any more. A new list can be prepared at any time."


def _take(request: HttpRequest, row: Sending) -> str:
    addressing.take(row, by=actor_of(request), at=timezone.now())
    less = ""
    if row.left_out:
        verb = "is" if row.left_out == 1 else "are"
        less = f" {plural(row.left_out, 'customer')} refused since, or lost the address, and {verb} left out."
    return f"Taken: {plural(row.on_it, 'customer')}.{less} Fetch the list and send it."


def _give_back(request: HttpRequest, row: Sending) -> str:
    addressing.give_back(row, by=actor_of(request), at=timezone.now())
    printing.forget(row)
    return "Given back: it counts as not sent."


def _print(request: HttpRequest, row: Sending) -> str:
    many = addressing.now_on(row).count()
    if row.channel not in printing.PRINTED:
        raise CannotError(f"“{row}” is no letter and no fax. Fetch its list instead.")
    if many <= printing.IN_THE_PAGE:
        printed = printing.print_now(row, timezone.localdate())
        return f"Printed: {plural(printed, 'page')}."
    if row.printing:
        raise CannotError("It is being printed already.")
    Sending.objects.filter(pk=row.pk).update(printing="begins")
    print_task.enqueue(pk=row.pk)
    return f"{plural(many, 'customer')}: it is printed behind the page. You can leave."


def _stop(request: HttpRequest, row: Sending) -> str:
    again = row.printing == printing.STOP  # whoever prints may have died
    Sending.objects.filter(pk=row.pk).exclude(printing="").update(printing="" if again else printing.STOP)
    return "The printing is cancelled."


@gate("contacts.view")
@require_POST
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Says by hand that a list went out, on a day."""
    row, form = _row(request, pk), SentForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise CannotError(" ".join(str(one) for one in form.errors["on"]))
        printing.forget(row)
        made = say_sent(row, on=form.cleaned_data["on"], by=actor_of(request), at=timezone.now())
        return f"Noted: {plural(len(made.before['rows']), 'customer')}. It can be undone below."

    return pages.do(request, act, back=page_of(program_of(request), row))


@gate("contacts.view")
@require_safe
@never_cache
def fetch(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """The list of those who are to get it now, as CSV or as a workbook; or its letters or fax sheets as PDF."""
    row, program = _row(request, pk), program_of(request)
    name = f"{slugify(row.message.title)[:60] or 'message'}-{row.channel}"
    try:
        if ending == "csv":
            addressing.now_on(row)
            row.message.refuse_untold()
            return csv_file(name, sending_lists.csv_pieces(row))
        if ending == "xlsx":
            file: Any = sending_lists.workbook(row)
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        else:
            file, kind = printing.ready(row).open("rb"), "application/pdf"
    except CannotError as refused:
        flashes.error(request, str(refused))
        return redirect(page_of(program, row))
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.{'xlsx' if ending == 'xlsx' else 'pdf'}", content_type=kind
    )


@gate("reach.view")
@require_safe
@never_cache
def sample(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One letter or fax sheet to nobody, so that whoever approves sees what goes out without seeing an address."""
    row, program = _row(request, pk), program_of(request)
    try:
        file = printing.sample(row, timezone.localdate())
    except CannotError as refused:
        flashes.error(request, str(refused))
        return redirect(page_of(program, row))
    return FileResponse(file, filename=f"sample-{row.channel}.pdf", content_type="application/pdf")


@gate("messages.change")
def letterhead(request: HttpRequest) -> HttpResponse:
    """Who writes to customers, as it stands on letters and fax sheets."""
    actor, program = actor_of(request), program_of(request)
    row, back = letterhead_of(program), reverse("communication:sendings", kwargs={"program": program.slug})
    form = LetterheadForm(request.POST or None, instance=row)

    def save(values: dict[str, Any]) -> str:
        differed = row.write(values, by=actor, at=timezone.now())
        return "The sender is noted." if differed else "Nothing was different, so nothing was changed."

    return pages.ask(
        request,
        form,
        save,
        title="The sender of letters",
        question="Who writes to customers, and how do they reach whoever writes?",
        back=back,
        crumbs=[("Going out", back)],
    )


def _back_row(request: HttpRequest, pk: int) -> CameBack:
    rows = CameBack.objects.select_related("sending__message", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("contacts.view")
@require_safe
def came_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What does this file say of whom, and does it count?"""
    row, program = _back_row(request, pk), program_of(request)
    values = {
        "row": row,
        "sending": row.sending,
        "above": crumbs_to(program, row.sending),
        "title": _back_title(row),
        "mark": BACK_MARKS[row.state],
        "state": STATES[row.state],
        "outcomes": row.by_outcome(),
        "columns": [f"{ours} is “{header}”" for ours, header in row.mapping.items()],
    }
    return render(request, "communication/came_back.html", values)


def _back_title(row: CameBack) -> str:
    back = row.found.get("is_bounced", 0)
    known = row.found.get("rows", 0)
    if not known:
        return "This file says nothing of anybody on the list"
    bounced = plural(back, "bounce") if back else "none bounced"
    return f"{plural(known, 'customer')} of the list, {bounced}"


def _back_click(act: Callable[[HttpRequest, CameBack], str]) -> Callable[..., HttpResponseBase]:
    @gate("contacts.view")
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = _back_row(request, pk)
        return pages.do(request, lambda: act(request, row), back=page_of(program_of(request), row.sending))

    return view


def _take_over(request: HttpRequest, row: CameBack) -> str:
    changed = row.take_over(by=actor_of(request), at=timezone.now())
    printing.forget(row.sending)
    return f"Taken over: {plural(changed, 'customer')} changed."


def _set_aside(request: HttpRequest, row: CameBack) -> str:
    row.set_aside(by=actor_of(request), at=timezone.now())
    return f"“{row}” is set aside; what was read of it is deleted."


def _undo(request: HttpRequest, row: CameBack) -> str:
    row.undo(by=actor_of(request), at=timezone.now())
    return f"Undone: “{row}” counts no longer."


_UNDER = "customers/going-out"
patterns: list[URLPattern] = [
    path(f"{_UNDER}/", sendings, name="sendings"),
    path(f"{_UNDER}/sender/", letterhead, name="letterhead"),
    path(f"{_UNDER}/message/<int:pk>/", outgoing, name="outgoing"),
    path(f"{_UNDER}/message/<int:pk>/prepare/<slug:channel>/", prepare, name="prepare-sending"),
    path(f"{_UNDER}/<int:pk>/", sending, name="sending"),
    path(f"{_UNDER}/<int:pk>/anew/", prepare_anew, name="prepare-sending-anew"),
    path(f"{_UNDER}/<int:pk>/approve/", _click("sendings.approve", _approve), name="approve-sending"),
    path(f"{_UNDER}/<int:pk>/take-back/", _click("sendings.approve", _take_back), name="take-back-sending"),
    path(f"{_UNDER}/<int:pk>/drop/", _click("messages.change", _drop), name="drop-sending"),
    path(f"{_UNDER}/<int:pk>/take/", _click("contacts.view", _take), name="take-sending"),
    path(f"{_UNDER}/<int:pk>/give-back/", _click("contacts.view", _give_back), name="give-back-sending"),
    path(f"{_UNDER}/<int:pk>/print/", _click("contacts.view", _print), name="print-sending"),
    path(f"{_UNDER}/<int:pk>/stop/", _click("contacts.view", _stop), name="stop-printing"),
    path(f"{_UNDER}/<int:pk>/sent/", sent, name="sending-sent"),
    path(f"{_UNDER}/<int:pk>/fetch/<slug:ending>/", fetch, name="fetch-sending"),
    path(f"{_UNDER}/<int:pk>/sample/", sample, name="sample-sending"),
    path(f"{_UNDER}/back/<int:pk>/", came_back, name="came-back"),
    path(f"{_UNDER}/back/<int:pk>/take-over/", _back_click(_take_over), name="take-over-came-back"),
    path(f"{_UNDER}/back/<int:pk>/set-aside/", _back_click(_set_aside), name="set-aside-came-back"),
    path(f"{_UNDER}/back/<int:pk>/undo/", _back_click(_undo), name="undo-came-back"),
]
