"""The parts of `bench/pace.py --only pages`, each in a process of its own: `python bench/pace_pages.py PART PEOPLE EVENTS RUNS`.

Prints one line of JSON. COMMONGROUND_DATA says where the instance lies.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonground.config.settings")
import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commonground.accounts.models import User
from commonground.adoption.measuring import Session, measure_behaviour
from commonground.adoption.models import Behaviour, Paced
from commonground.adoption.observing import observe_behaviour, shelf_of
from commonground.config.tables import bring_up_to_date
from commonground.demo.load import make_demo
from commonground.events.models import Log
from commonground.organization.models import Person

Found = dict[str, Any]
KEYS, WITHIN = ("activity", "channel", "unit", "product_line"), "within_hours"
EARLIER = f"?as_of={(timezone.localdate() - timedelta(days=60)).isoformat()}"


def timed(what: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it answers, seconds by the clock and of the processor."""
    begun, busy = perf_counter(), process_time()
    answer = what()
    return answer, perf_counter() - begun, process_time() - busy


def make(people: int, events: int, runs: int) -> Found:
    """The demo at that size, unless it is there: log and figures of work measured, behaviours measured, findings made."""
    bring_up_to_date()
    if User.objects.exists():
        return {"kept": True}
    at = timezone.now()
    _, seconds, processor = timed(
        lambda: make_demo(today=timezone.localdate(at), at=at, people=people, events=events),
    )
    return {"seconds": seconds, "processor": processor}


def measure(people: int, events: int, runs: int) -> Found:
    """Every behaviour observed from the events anew, then measured out of what was observed."""
    rows = list(Behaviour.objects.select_related("log", "program").order_by("log", "pk"))
    session, lines = Session(), []
    log = next(row.log for row in rows if row.by_log and row.log is not None)
    _, *organization = timed(lambda: session.telling(log))
    for row in rows:
        seen, held = [0.0, 0.0], None
        if row.by_log:
            shelf_of(row).forget()
            held, *seen = timed(lambda row=row: observe_behaviour(row, telling=lambda: session.telling(row.log)))
        paced, *spent = timed(lambda row=row: measure_behaviour(row, at=timezone.now(), session=session))
        lines.append(
            {
                "name": row.name,
                "observing": seen,
                "measuring": spent,
                "rows": 0 if held is None else len(held.observations),
                "people": 0 if held is None else len(held.observations.persons),
                "groups": 0 if paced is None else len(paced.pace.groups),
            }
        )
    standing = Log.objects.get(pk=log.pk)
    return {
        "organization": organization,
        "lines": lines,
        "events": standing.events,
        "log_people": standing.people,
        "people": Person.objects.count(),
    }


def pages(people: int, events: int, runs: int) -> Found:
    """Every page of the pace for a change lead: the first request of this process, then the median of several."""
    client = _lead()
    rows = list(Behaviour.objects.select_related("program").order_by("program", "pk"))
    slug = rows[0].program.slug
    found = [_page(client, url, runs) for url in _addresses(rows, slug)]
    return {"pages": found}


def _addresses(rows: list[Behaviour], slug: str) -> list[str]:
    one = [f"/{slug}/{word}/" for word in ("pace", "benefits", "pace/library", "pace/sources", "released", "pace/add")]
    many = []
    for row in rows:
        base = f"/{row.program.slug}/pace/{row.pk}/"
        asked = ("", "?by=level", "?by=cohort", EARLIER) if hasattr(row, "paced") else ("",)
        many += [base + query for query in asked]
        many += [f"{base}rule/" if row.source == "log" else f"{base}counts/", f"{base}change/"]
    return [f"/{slug}/", *one, f"/{slug}/pace/{EARLIER}", *many]


def _page(client: Client, url: str, runs: int) -> Found:
    with CaptureQueriesContext(connection) as seen:
        answer, *first = timed(lambda: client.get(url))
        queries = len(seen)
    if answer.status_code != 200:
        return {"url": url, "status": answer.status_code}
    times = [timed(lambda: client.get(url))[1:] for _ in range(runs)]
    told = {"url": url, "status": 200, "queries": queries, "bytes": len(answer.content)}
    return told | {"first": first, "median": _medians(times)}


def _medians(times: list[Any]) -> list[float]:
    return [statistics.median(column) for column in zip(*times, strict=True)]


def preview(people: int, events: int, runs: int) -> Found:
    """The live preview of each rule, as the page asks for it while it is written: each time with another text that the log does not know,
    since the answer for the same rule is kept. The very first one of the process reads the organization, the first one for each population
    who is of it."""
    client, found = _lead(), []
    cache.clear()
    for row in Behaviour.objects.exclude(rule={}).select_related("program", "log"):
        url, data = f"/{row.program.slug}/pace/{row.pk}/rule/", _form(row)
        asked = [
            _asked(client, url, data | {"occasion.activity.more": f"another call {run}"}) for run in range(runs + 1)
        ]
        found.append({"name": row.name, "first": asked[0], "median": _medians(asked[1:])})
    return {"previews": found}


def _asked(client: Client, url: str, data: Found) -> list[float]:
    """Seconds of one preview. Fails for one that shows no figure."""
    answer, *spent = timed(lambda: client.post(url, data, headers={"HX-Request": "true"}))
    if b"went the new way</b>" not in answer.content:
        raise AssertionError(f"the preview of {url} shows nothing: {answer.status_code}")
    return spent


def _form(row: Behaviour) -> dict[str, Any]:
    """What the boxes of the page say of its rule."""
    data: dict[str, Any] = {"do": "preview", "log": str(row.log_id)}
    for part, table in row.rule.items():
        if isinstance(table, dict):
            data |= {f"{part}.{key}": table[key] for key in (*KEYS, WITHIN) if key in table}
    return data


def _lead() -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="maren"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _peak() -> float:
    """The most memory that this process ever had, in MB. (What getrusage tells also holds that of the process it was started from.)"""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


PARTS = {"make": make, "measure": measure, "pages": pages, "preview": preview}

if __name__ == "__main__":
    assert settings.DATA, "COMMONGROUND_DATA says where the instance lies"
    found = PARTS[sys.argv[1]](*(int(word) for word in sys.argv[2:5]))
    left = Paced.objects.count()
    connection.close()
    print(json.dumps(found | {"peak": _peak(), "paced": left}))
