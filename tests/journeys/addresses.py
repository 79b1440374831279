"""Every address of the product, asked for by one person: what a patient reader could come by, page by page and export by export."""

import http.client
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    "ending": ["csv"],
    "system": ["CRM"],
    "rule": ["intake.sheets"],
    "step": ["answer"],
    "what": ["keep-back"],
    "side": ["program", "group"],
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
class Reader:
    """Somebody who is signed in and asks for addresses without a browser, on one connection."""

    instance: Instance
    user: str
    role: str
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

    def everything(self, ids: Sequence[int], second: Sequence[int], more: Iterable[str] = ()) -> dict[str, str]:
        """Address → text of all that opens: each route with each id, its table as CSV, the page as of another day, and some more."""
        found: dict[str, str] = {}
        for path in [*(path for route in routes() for path in self._open(route, ids, second)), *more]:
            status, text = self.get(path)
            assert status < 500, f"{path} answers {status}"
            found[path] = _lasting(text)
            if status == 200 and "format=csv" in text:
                csv = f"{path}{'&' if '?' in path else '?'}format=csv"
                found[csv] = _lasting(self.get(csv)[1])
        return found

    def _open(self, route: str, ids: Sequence[int], second: Sequence[int]) -> list[str]:
        """The addresses of a route; none of one that only takes what is sent, one of one that is closed to the whole role."""
        paths = addresses(route, ids, second)
        status = self.get(paths[0])[0]
        if status == 405:
            return []
        closed = not VERBS.get(routes()[route], EVERY) & {self.role, roles.EMPLOYEE}
        assert status == 404 or not closed, f"{paths[0]} answers {status} to a {self.role}"
        return paths[:1] if closed else paths


def _lasting(text: str) -> str:
    for pattern in PASSING:
        text = re.sub(pattern, "", text)
    return text
