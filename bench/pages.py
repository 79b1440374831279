"""Server time of every page for a change lead, with 100,000 people loaded. Limit: 100 ms, the median of seven.

    python bench/pages.py [--people 100000] [--runs 7] [--data FOLDER] [--only WORD]

Makes the demo at that size in a folder of its own; with --data the folder is kept and used again. Pages are found by walking the
addresses of the project; for each the row is taken for which there is most to show. Each is asked once before it is measured.
The demo here has no event log: `bench/pace.py --only pages --data FOLDER` makes one of 10 million events in the same FOLDER.
In process, without a network: middleware, view, database and template are measured, the web server is not. Beside the clock stands
the processor's own time, which a busy machine does not stretch.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

ASKED = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ASKED.add_argument("--people", type=int, default=100_000)
ASKED.add_argument("--runs", type=int, default=7)
ASKED.add_argument("--data", type=Path)
ASKED.add_argument("--only", default="")
GIVEN = ASKED.parse_args()
FOLDER = tempfile.TemporaryDirectory()
os.environ["COMMONGROUND_DATA"] = str(GIVEN.data or FOLDER.name)
os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
django.setup()

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve
from django.urls.exceptions import Resolver404
from django.utils import timezone

from commonground.accounts.models import User
from commonground.adoption.models import Behaviour, Benefit
from commonground.assessments.models import Combination, Impact, Round
from commonground.communication.models import Cascade, CascadeStep, Contact, HiccupPlan, Message, Sending
from commonground.config.tables import bring_up_to_date
from commonground.demo.load import make_demo
from commonground.events.models import Log
from commonground.guidance.models import Finding
from commonground.journal.models import Entry
from commonground.organization.models import Person, Role, Unit
from commonground.plan.models import (
    Attendance,
    Booking,
    BudgetLine,
    LedgerFile,
    LedgerRule,
    Module,
    Need,
    Phase,
    PlanTemplate,
)
from commonground.plan.models import Session as TrainingSession
from commonground.programs.models import Activity, Engagement, Milestone, Program, Strategy
from commonground.realignment.models import Conversation, ProcessFate, RoleChange, RoleFate, Solution
from commonground.voice.models import Point, Topic, Voice
from commonground.workflows.models import AnswersFor, Handoff, Process, Workflow

LIMIT = 0.100
WORDS = ("process", "role", "path", "answers_for", "answers-for", "does", "people", "running", "told", "yes", "MNGR-01")
WORDS += ("CRM", "pace", "readiness", "answer", "group")
STATES = {200: "", 302: "sends on", 403: "refused", 404: "not found", 405: "takes POST only"}


@dataclass
class Page:
    """An address pattern, what it was asked with, and how long it took."""

    route: str
    url: str = ""
    status: int = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0
    error: str = ""
    is_file: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else 0.0


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of the project: its route and its converters."""

    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.pattern.converters
        else:
            yield from ((path, {**one.pattern.converters, **more}) for path, more in routes(one.url_patterns, route))


def most(model: Any, relation: str) -> list[int]:
    """The rows with most of something."""
    return list(model.objects.annotate(n=Count(relation)).order_by("-n", "pk").values_list("pk", flat=True)[:3])


class Samples:
    """Rows to ask with: for each word of an address the rows that show most; elsewhere some of each kind."""

    def __init__(self) -> None:

        self.program = str(Program.objects.order_by("pk").values_list("slug", flat=True)[0])
        self.rows: dict[str, list[int]] = {
            "units": most(Unit, "children_periods"),
            "people": most(Person, "reports"),
            "roles": most(Role, "assignments") + most(RoleFate, "acknowledgements"),
            "workflows": most(Workflow, "processes"),
            "processes": most(Process, "doers"),
            "solutions": most(Solution, "seats"),
            "findings": list(Finding.objects.order_by("pk").values_list("pk", flat=True)[:2]),
            "gains": list(RoleChange.objects.values_list("pk", flat=True)[:3]),
            "conversations": list(Conversation.objects.values_list("pk", flat=True)[:2]),
            "hand-offs": list(Handoff.objects.values_list("pk", flat=True)[:2]),
            "fates": list(ProcessFate.objects.values_list("pk", flat=True)[:2]),
            "entries": list(Entry.objects.order_by("-pk").values_list("pk", flat=True)[:2]),
            "pace": list(Behaviour.objects.exclude(rule={}).order_by("pk").values_list("pk", flat=True)[:2])
            or list(Behaviour.objects.order_by("pk").values_list("pk", flat=True)[:2]),
            "benefits": list(Benefit.objects.order_by("pk").values_list("pk", flat=True)[:1]),
            "sources": list(Log.objects.values_list("pk", flat=True)[:1]),
            "logs": list(Log.objects.values_list("pk", flat=True)[:1]),
            "assessments": list(
                Round.objects.filter(state="closed").order_by("-invited").values_list("pk", flat=True)[:2]
            )
            + list(Round.objects.filter(state="open").values_list("pk", flat=True)[:1]),
            "groups": list(
                Combination.objects.filter(round__state="open").order_by("-slips").values_list("pk", flat=True)[:1]
            ),
            "impacts": list(Impact.objects.values_list("pk", flat=True)[:1]),
            "voices": list(Voice.objects.filter(state="open").values_list("pk", flat=True)[:2]),
            "topics": most(Topic, "voices"),
            "points": list(Point.objects.values_list("pk", flat=True)[:2]),
            "line": [
                next(iter(model.objects.values_list("pk", flat=True)), 0)
                for model in (Strategy, Milestone, Engagement, Activity, AnswersFor)
            ],
            **self._planned(),
            **self._said(),
        }

    @staticmethod
    def _planned() -> dict[str, list[int]]:
        return {
            "activity": list(Activity.objects.order_by("-start").values_list("pk", flat=True)[:2]),
            "training": most(Module, "attendances"),
            "for": list(Need.objects.values_list("pk", flat=True)[:1]),
            "session": most(TrainingSession, "attendances"),
            "attendance": list(Attendance.objects.values_list("pk", flat=True)[:1]),
            "phase": list(Phase.objects.values_list("pk", flat=True)[:1]),
            "templates": list(PlanTemplate.objects.values_list("pk", flat=True)[:1]),
            "lines": most(BudgetLine, "bookings"),
            "ledger": list(LedgerFile.objects.values_list("pk", flat=True)[:1]),
            "bookings": list(Booking.objects.values_list("pk", flat=True)[:1]),
            "rules": list(LedgerRule.objects.values_list("pk", flat=True)[:1]),
        }

    @staticmethod
    def _said() -> dict[str, list[int]]:
        return {
            "messages": list(Message.objects.filter(side="inside").order_by("pk").values_list("pk", flat=True)[:3]),
            "cascades": most(Cascade, "steps"),
            "talks": most(CascadeStep, "hearers"),
            "contacts": list(Contact.objects.values_list("pk", flat=True)[:1]),
            "going-out": most(Sending, "contacts"),
            "hiccups": list(HiccupPlan.objects.order_by("pk").values_list("pk", flat=True)[:2]),
        }

    def values(self, route: str, name: str, converter: Any) -> list[Any]:
        """What a part of an address may be, the likeliest first."""
        if name == "program":
            return [self.program]
        if type(converter).__name__ != "IntConverter":
            return list(WORDS)
        before = [part for part in route.partition(f"<int:{name}>")[0].split("/") if part and "<" not in part]
        word = "people" if name == "person" else (before[-1] if before else "")
        first = self.rows.get(word, [])
        rest = [pk for key, rows in self.rows.items() if key != word for pk in rows[:1]]
        return list(dict.fromkeys([*first, *rest]))

    def addresses(self, route: str, converters: dict[str, Any]) -> Iterator[str]:
        """Addresses to try for a route: the parts vary one after the other."""

        given = {name: self.values(route, name, converter) for name, converter in converters.items()}
        longest = max((len(values) for values in given.values()), default=1)
        others = [name for name in given if name != "program"]
        combinations = [{name: values[n % len(values)] for name, values in given.items()} for n in range(longest)]
        if len(others) > 1:
            combinations = [
                {"program": self.program, others[0]: one, others[1]: two}
                for one in given[others[0]]
                for two in given[others[1]]
            ]
        for values in combinations:
            url = "/" + route
            for name in converters:
                start = min(url.index(part) for part in (f"<{name}>", f":{name}>") if part in url)
                url = url[: url.rindex("<", 0, start + 1)] + str(values[name]) + url[url.index(">", start) + 1 :]
            try:
                resolve(url)
            except Resolver404:
                continue
            yield url


def measure(client: Any, samples: Samples, route: str, converters: dict[str, Any], runs: int) -> Page:
    """Asks a page once to see which row it answers for, then `runs` times against the clock."""

    page = Page(route)
    for url in samples.addresses(route, converters):
        try:
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(url)
        except Exception as error:
            page.url, page.status, page.error = url, 500, f"{type(error).__name__}: {error}"[:90]
            return page
        page.url, page.status, page.queries, page.bytes = url, answer.status_code, len(seen), _size(answer)
        page.is_file = "attachment" in answer.get("Content-Disposition", "")
        if answer.status_code == 200:
            break
        if answer.status_code == 405:
            return page
    if page.status == 200:
        for _ in range(runs):
            begun, busy = perf_counter(), process_time()
            _size(client.get(page.url))
            page.seconds.append(perf_counter() - begun)
            page.processor.append(process_time() - busy)
    return page


def _size(answer: Any) -> int:
    return sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)


def show(pages: list[Page], people: int, runs: int) -> bool:
    """Prints the table, slowest first. Whether every page keeps the limit."""
    timed = sorted((page for page in pages if page.seconds), key=lambda page: -page.median)
    measured, files = [page for page in timed if not page.is_file], [page for page in timed if page.is_file]
    print(f"{people:,} people, {len(measured)} pages, median of {runs}, limit {LIMIT * 1000:.0f} ms")
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores:
        print(f"The machine was busy with other work, load {load:.1f} on {cores} cores: read the processor's time.")
    print()
    print("| ms | processor ms | queries | kB | page |\n|---:|---:|---:|---:|---|")
    for page in measured:
        over = " **over**" if page.median > LIMIT else ""
        busy = statistics.median(page.processor) * 1000
        kilobytes = page.bytes / 1000
        print(f"| {page.median * 1000:.1f}{over} | {busy:.1f} | {page.queries} | {kilobytes:.0f} | {page.route} |")
    middle = statistics.median(page.median for page in measured) * 1000
    print(f"\nMedian page {middle:.0f} ms.")
    for page in files:
        print(
            f"A file, made when asked for, not a page: {page.route}, {page.bytes / 1e6:.1f} MB in {page.median:.1f} s."
        )
    rest = [page for page in pages if not page.seconds]
    if rest:
        print("\nNot measured:")
        for page in rest:
            print(f"- {page.route}: {page.error or STATES.get(page.status, str(page.status))}")
    return all(page.median <= LIMIT for page in measured) and not any(page.status == 500 for page in rest)


def main() -> None:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # addresses that are tried in vain
    with FOLDER:
        bring_up_to_date()
        if not User.objects.exists():
            make_demo(today=timezone.localdate(), at=timezone.now(), people=GIVEN.people)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(username="maren"), backend="django.contrib.auth.backends.ModelBackend")
        samples = Samples()
        found = [pair for pair in routes(get_resolver().url_patterns) if GIVEN.only in pair[0]]
        pages = [measure(client, samples, route, converters, GIVEN.runs) for route, converters in found]
        kept = show(pages, Person.objects.count(), GIVEN.runs)
        connection.close()
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
