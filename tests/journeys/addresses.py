"""Every address of the product, asked for by one person: what a patient reader could come by, page by page and export by export."""

import http.client
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver

from commonground.access import roles
from commonground.access.policy import VERBS
from commonground.access.roles import EVERY
from tests.journeys.conftest import PROGRAM, Instance

WORDS: Mapping[str, Sequence[str]] = {
    "program": [PROGRAM.strip("/")],
    "kind": ["process", "role", "path"],
    "state": ["done"],
    "how": ["answers", "does"],
    "code": ["ROLE-01"],
    "key": ["culture"],
    "answer": ["yes"],
    "table": ["people", "roles"],
    "sheet": ["communication_plan", "training_plan", "raid", "roadmap", "kpi", "raci"],
    "ending": ["csv"],
    "system": ["CRM"],
    "rule": ["intake.sheets"],
    "step": ["answer"],
    "what": ["keep-back"],
    "wish": ["fix"],
    "channel": ["fax"],
    "token": ["none"],
    "side": ["program", "group"],
    "technique": ["sunset"],
}
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
# what differs between two readings of the same page although nothing has changed
PASSING = [
    r'name="csrfmiddlewaretoken" value="\w+"',
    r"after=[\w%:-]+",
    r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){4}\b",  # a code that is drawn anew for each form
    r"\b\d\d:\d\d\b",
    r"in \d+\.\d seconds",
    r"Good (morning|afternoon|evening)",
]


@cache
def routes() -> dict[str, str]:
    """All routes of the URL conf, “<slug:program>/workflows/<int:pk>/”, each with the verb that its gate asks for."""
    return dict(_under(get_resolver().url_patterns, ""))


def _under(patterns: Iterable[URLPattern | URLResolver], begin: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = begin + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _under(pattern.url_patterns, route)
        else:
            yield route, getattr(pattern.callback, "verb", None) or ""


def addresses(route: str, ids: Sequence[int], second: Sequence[int]) -> list[str]:
    """The addresses of a route for these ids; second: those for the second id of a route that takes two."""
    names = [(kind or "str", name) for kind, name in ARGUMENT.findall(route)]
    numbers = iter((ids, second))
    values = [[str(one) for one in next(numbers)] if kind == "int" else WORDS[name] for kind, name in names]
    found = []
    for chosen in product(*values):
        path = route
        for word in chosen:
            path = ARGUMENT.sub(word, path, count=1)
        found.append("/" + path)
    return found


@dataclass
class Found:
    """What somebody got: address → text and status; shut: those of routes that are closed to the whole role, or only take what is sent."""

    texts: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    shut: set[str] = field(default_factory=set)

    def missing(self, besides: Iterable[int]) -> set[str]:
        """The addresses that led nowhere, save those with one of these ids in them, under which there may be something by now."""
        numbers = {str(one) for one in besides}
        return {path for path, status in self.statuses.items() if status == 404 and not numbers & set(path.split("/"))}


@dataclass
class Reader:
    """Somebody who is signed in and asks for addresses without a browser, on one connection.

    knocks: whether they try each route that is closed to their role; for roles of the cast tests/test_access.py does.
    """

    instance: Instance
    user: str
    role: str
    knocks: bool = True
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        place = urlsplit(self.instance.address)
        assert place.hostname is not None
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> tuple[int, str]:
        """The status and text of an address."""
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in self.instance.cookies[self.user]["cookies"])
        self.connection.request("GET", path, headers={"Cookie": cookies})
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return answer.status, text + (answer.headers["Location"] or "")

    def everything(
        self,
        ids: Sequence[int],
        second: Sequence[int],
        more: Iterable[str] = (),
        *,
        later: str,
        leave: Collection[str] = (),
    ) -> Found:
        """All that opens: each route with each id, its table as CSV, the page of a part as of a later day, and some more; each once.

        leave: addresses that are not asked, for a walk after another one.
        """
        found = Found()
        for route in routes():
            for path in self._open(route, ids, second, leave, found):
                if self._ask(path, found) == 200 and ARGUMENT.search(route.removeprefix("<slug:program>/")) is None:
                    self._ask(f"{path}?as_of={later}", found)
        for path in more:
            self._ask(path, found)
        return found

    def _ask(self, path: str, found: Found) -> int:
        if path not in found.statuses:
            status, text = self.get(path)
            assert status < 500, f"{path} answers {status}"
            found.statuses[path], found.texts[path] = status, _lasting(text)
            if status == 200 and "format=csv" in text and "format=csv" not in path:
                self._ask(f"{path}{'&' if '?' in path else '?'}format=csv", found)
        return found.statuses[path]

    def _open(
        self, route: str, ids: Sequence[int], second: Sequence[int], leave: Collection[str], found: Found
    ) -> list[str]:
        """The addresses of a route that are worth asking: none of one that is closed to the whole role or only takes what is sent."""
        paths = [path for path in addresses(route, ids, second) if path not in leave]
        closed = not VERBS.get(routes()[route], EVERY) & {self.role, roles.EMPLOYEE}
        if paths and (self.knocks or not closed):
            status = self._ask(paths[0], found)
            assert status in {404, 405} or not closed, f"{paths[0]} answers {status} to a {self.role}"
            closed = closed or status == 405
        if closed:
            found.shut |= set(paths)
        return [] if closed else paths


def _lasting(text: str) -> str:
    for pattern in PASSING:
        text = re.sub(pattern, "", text)
    return text
