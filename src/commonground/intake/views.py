"""The pages on which sheets are brought, looked over and taken over."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonground.access.gate import actor_of, gate
from commonground.analysis.plan.book import BY_KEY
from commonground.analysis.tables import TABLES
from commonground.guidance.checking import standing
from commonground.guidance.models import Finding
from commonground.intake import committing, exporting, tasks, uploads
from commonground.intake.mapping_page import mapping_from, tables_from, to_map
from commonground.intake.models import COMMITTED, MISSING, READ, WORKING, Import
from commonground.intake.problems import BadInput
from commonground.intake.purposes import BEGIN, PURPOSES
from commonground.intake.words_of_book import READABLE
from commonground.programs.middleware import as_of, program_of
from commonground.programs.register import CannotError
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural, spelled
from commonground.workflows.models import Process

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST = Keyset(("-pk",), size=20)


@gate("intake.view")
@require_safe
def imports(request: HttpRequest) -> HttpResponseBase:
    """Which sheets do you have, and what did those before change?"""
    actor, program = actor_of(request), program_of(request)
    uploads.forget_old(timezone.now())
    rows = Import.objects.visible_to(actor).filter(program=program).select_related("by")
    if request.GET.get("format") == "csv":
        return csv_response(f"imports-{program.slug}", ("files", "state", "by", "at"), _lines(rows))
    context = {
        "page": NEWEST.page(rows, request.GET.get("after", "")),
        "begin": [(table, PURPOSES[table], TABLES[table]) for table in BEGIN],
        "rest": [(table, words) for table, words in PURPOSES.items() if table not in BEGIN],
        "any": rows.exists() or Process.objects.filter(program=program).exists(),
    }
    return render(request, "intake/list.html", context)


def _lines(rows: Any) -> Any:
    return (
        (str(row), row.state_words, str(row.by or ""), row.at.isoformat(" ", "minutes")) for row in rows.iterator(500)
    )


@gate("intake.commit")
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keeps the files and looks them over; many rows behind the page."""
    actor, program = actor_of(request), program_of(request)
    files = [(one.name or "sheet", one.read()) for one in request.FILES.getlist("files")]
    try:
        row = uploads.bring(program, files, by=actor, at=timezone.now())
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("intake:list", program=program.slug)
    if uploads.rows_in(row) > uploads.IN_THE_PAGE:
        _behind(row, "Reading the sheets", tasks.check_task, actor.user)
    else:
        uploads.check(row, by=actor, at=timezone.now())
    return _to(request, row)


def _behind(row: Import, words: str, what: Any, user: int | None) -> None:
    row.state, row.progress = WORKING, words
    row.save(update_fields=["state", "progress"])
    what.enqueue(pk=row.pk, user=user)


def _to(request: HttpRequest, row: Import) -> HttpResponse:
    return redirect("intake:look", program=program_of(request).slug, pk=row.pk)


def _row(request: HttpRequest, pk: int) -> Import:
    return Import.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("intake.view")
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would these sheets change, and what needs a look first?"""
    row = _row(request, pk)
    template = {READ: "intake/look.html", WORKING: "intake/working.html"}.get(row.state, "intake/done.html")
    context: dict[str, Any] = {"row": row, "found": row.summary, "statement": statement(row)}
    if row.state == READ:
        context |= {"missing": MISSING.items(), "day": date.fromisoformat(row.options["day"])}
    if row.summary.get("sorts"):
        words = (plural(row.summary["errors"], "error"), plural(row.summary["warnings"], "warning"))
        context["problem_words"] = ", ".join(words)
    context["kept_out"] = sorted(
        path.stem.removeprefix("kept-out-") for path in uploads.folder_of(row).glob("kept-out-*")
    )
    if row.state == COMMITTED:
        actor, program, today = actor_of(request), program_of(request), timezone.localdate()
        context["standing"] = standing(program, today, timezone.now())
        context["findings"] = Finding.objects.of(program).live().visible_to(actor).count()
    return render(request, template, context)


def statement(row: Import) -> str:
    """The title of the page of one import."""
    found = row.summary
    if row.state == WORKING:
        return f"{row.progress or 'Working'} …"
    if found.get("refused"):
        return "These sheets cannot be read yet"
    tables = found.get("tables", [])
    ready = [plural(_taken(one), _forms(one["table"])) for one in tables if one["rows"]]
    if row.state != READ:
        return {"committed": "Taken over", "undone": "Undone", "refused": "Set aside"}[row.state] + f": {_and(ready)}"
    if not ready:
        return "There is no row to take over"
    are = "is" if len(ready) == 1 and ready[0].startswith("1 ") else "are"
    if found["errors"]:
        return f"{_and(ready)} {are} ready, {plural(found['errors'], 'value,values')} {'needs' if found['errors'] == 1 else 'need'} a look"
    return f"{_and(ready)} {are} ready"


def _taken(one: dict[str, Any]) -> int:
    return int(one["rows"] - one["kept_out"] - one.get("not_brought", 0))


def _forms(table: str) -> str:
    if table in BY_KEY:
        name = BY_KEY[table].name
        return f"row of “{name}”,rows of “{name}”"
    word = table.replace("_", " ")
    singular = {"people": "person", "processes": "process", "activities": "activity", "does": "row of who does what",
                "takes_part": "row of who takes part"}  # fmt: skip
    if table in ("does", "takes_part"):
        return f"{singular[table]},{singular[table].replace('row', 'rows', 1)}"
    return f"{singular.get(table, word.removesuffix('s'))},{word}"


def _and(parts: list[str]) -> str:
    if len(parts) > 3:
        parts = [*parts[:2], f"{spelled(len(parts) - 2)} more sheets"]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


@gate("intake.commit")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keeps what was decided, and looks again or takes over."""
    row, actor = _row(request, pk), actor_of(request)
    if row.state != READ:
        return _to(request, row)
    try:
        values = _decisions(request, row)
        if request.POST.get("do") == "look":
            uploads.decide(row, values, by=actor, at=timezone.now())
            return _to(request, row)
        row.options = {**row.options, **values}
        row.save(update_fields=["options"])
        if sum(table["rows"] for table in row.summary.get("tables", ())) > uploads.IN_THE_PAGE:
            _behind(row, "Taking the sheets over", tasks.take_over_task, actor.user)
        else:
            uploads.take_over(row, by=actor, at=timezone.now())
            messages.success(request, "Taken over. If it was a mistake, undo it here.")
    except CannotError as error:
        messages.error(request, str(error))
        row = _row(request, pk)
        uploads.check(row, by=actor, at=timezone.now())
    return _to(request, row)


def _decisions(request: HttpRequest, row: Import) -> dict[str, Any]:
    given = request.POST
    try:
        day = date.fromisoformat(given.get("day", "")).isoformat()
    except ValueError:
        raise CannotError(
            f"“{given.get('day', '')}” is not a day. Choose the day from which on changes hold."
        ) from None
    missing = given.get("missing", row.options["missing"])
    prefer = given.get("prefer") or row.options.get("prefer")
    return {
        "day": day,
        "missing": missing if missing in MISSING else "list",
        "prefer": prefer if prefer in ("day first", "month first") else None,
        "leave_out": "leave_out" in given,
    }


@gate("intake.commit")
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What does each column mean?"""
    row, actor = _row(request, pk), actor_of(request)
    if row.state != READ:
        return _to(request, row)
    try:
        if request.method == "POST":
            row.options = {**row.options, "tables": tables_from(request.POST)}
            uploads.say_what_columns_mean(row, mapping_from(request.POST), by=actor, at=timezone.now())
            return _to(request, row)
        found = to_map(row)
    except (CannotError, BadInput) as error:
        messages.error(request, str(error))
        return redirect("intake:list", program=program_of(request).slug)
    return render(request, "intake/columns.html", {"row": row, "sheets": found, "tables": READABLE})


@gate("intake.commit")
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Does not take it over; stops what is under way."""
    uploads.set_aside(_row(request, pk), at=timezone.now())
    messages.success(request, "Set aside. Nothing was changed, and the files are removed.")
    return redirect("intake:list", program=program_of(request).slug)


@gate("intake.commit")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Brings back what was there before an import."""
    row = _row(request, pk)
    try:
        committing.undo(row, by=actor_of(request), at=timezone.now())
        messages.success(request, f"Undone: everything is as it was before “{row}”.")
    except CannotError as error:
        messages.error(request, str(error))
    return _to(request, row)


@gate("intake.view")
@require_safe
def kept_out(request: HttpRequest, pk: int, table: str) -> HttpResponseBase:
    """The rows that are kept out, with row, column, value, why and remedy."""
    path = uploads.folder_of(_row(request, pk)) / f"kept-out-{table}.csv"
    if table not in READABLE or not path.is_file():
        raise Http404
    return _download(path.read_bytes(), f"kept-out-{table}.csv")


@gate("intake.view")
@require_safe
def template(request: HttpRequest, table: str, ending: str) -> HttpResponseBase:
    """An empty sheet in the layout that is read, or a workbook of all of them."""
    if table == "all" and ending == "xlsx":
        return _download(exporting.whole_template(), "commonground-sheets.xlsx")
    if table not in READABLE or ending not in ("csv", "xlsx"):
        raise Http404
    return _download(exporting.template_of(table, ending), f"{table}.{ending}")


@gate("intake.view")
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything that is known of the program, as sheets that can be brought back."""
    program = program_of(request)
    facts = exporting.facts_for(program, actor_of(request), as_of(request))
    return _download(exporting.workbook_of(facts), f"{program.slug}.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    kind = XLSX if name.endswith("xlsx") else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)
