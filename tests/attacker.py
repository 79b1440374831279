"""Somebody who reads all that can be read about groups of people, pages, filters and files, in four roles, and follows what is new.

What it asks next hangs on what it found: an address that told new numbers has its neighbours asked next (one value of its query changed
for another that a link, a form or what it knows of the house suggests; the same as another role, as a file, as a part of a page); of one
that told nothing new few are. Pages are asked through the whole of the product; then the same views are asked for their files.
"""

import csv
import hashlib
import heapq
import io
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from tests.cast import Played

LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)"')
FIELD = re.compile(r'<(?:input|select)[^>]*\bname="([a-z_-]+)"(.*?)(?=<input|<select|</form)', re.S)
OPTION = re.compile(r'value="([^"]*)"')
NOISE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
PAGES = 400  # that are asked for whole; each costs as much as some twenty files
NUMBER = re.compile(r"(?<=/)\d+(?=/)")
NAMES = ("as_of", "by", "unit", "q", "of", "sort", "round")  # that a query may have, whether a page says so or not
WORDS, ODDS = 8, 2  # values of a name that are tried beside those that are known for it
ODD = ("", "0", "-1", "behind", "all", "*", "%", "1e9", "2026-01-01", "whole", "unit×level×front_office", "x" * 40)
ABOUT = re.compile(
    r"/(assessments|pace|ownership|voices|released|held|team-sheet|search)/"
)  # pages that tell of groups of people
NEVER = ("/sign-", "/static", "/theme", "/out/", "/styleguide", "pack/", "/format=json")


class Address(NamedTuple):
    """role: who asks. query: pairs, sorted. part: asked for as htmx asks."""

    role: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    part: bool = False

    def having(self, name: str, value: str | None) -> "Address":
        rest = [pair for pair in self.query if pair[0] != name]
        if value is not None:
            rest.append((name, value))
            rest.sort()
        return Address(self.role, self.path, tuple(rest), self.part)

    @property
    def file(self) -> bool:
        return ("format", "csv") in self.query


@dataclass
class Attacker:
    """people: role → who is signed in. words: what is known of the house, to try in queries. rows: of the files, (path, header, cells);
    lines: of the tables of pages. requests, pages (bodies that differ), refused: counted. first: request at which a body was new."""

    people: Mapping[str, Played]
    program: Any
    words: tuple[str, ...]
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    rows: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    lines: set[tuple[str, ...]] = field(default_factory=set)
    requests: int = 0
    whole: int = 0
    bodies: set[bytes] = field(default_factory=set)
    last_new: int = 0
    _asked: set[Address] = field(default_factory=set)
    _next: list[tuple[float, float, Address]] = field(default_factory=list)
    _values: dict[str, dict[str, dict[str, None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    _files: dict[str, bool] = field(default_factory=dict)
    _matches: dict[str, ResolverMatch | None] = field(default_factory=dict)
    _clients: dict[str, Client] = field(default_factory=dict)
    _about: dict[str, bool] = field(default_factory=dict)
    _environ: dict[str, Any] = field(
        default_factory=lambda: RequestFactory(headers={"host": "localhost"})._base_environ()
    )

    def begin(self, paths: Iterable[str]) -> None:
        for role, path in ((role, path) for path in paths for role in self.people):
            for file in (False, True):
                self._later(Address(role, path).having("format", "csv" if file else None), 50.0)

    def go(self, until: int) -> None:
        """Asks until so many requests were made."""
        while self.requests < until:
            address = heapq.heappop(self._next)[2] if self._next else self._anywhere()
            if address not in self._asked and self._worth_asking(address):
                self._look(address)

    def _worth_asking(self, address: Address) -> bool:
        """Whole pages so many; files where there are any."""
        return self._files.get(address.path, True) if address.file else self.whole < PAGES

    def _look(self, address: Address) -> None:
        self._asked.add(address)
        self.requests += 1
        self.whole += not address.file
        body = self._file(address) if address.file or address.part else self._page(address)
        told = self._learn(address, body)
        if told:
            self.last_new = self.requests
        self._follow(address, told, exists=body is not None)

    def _file(self, address: Address) -> bytes | None:
        """The view itself, called as the product calls it; what stands before it (sign-in, headers) is left out."""
        match = self._match(address.path)
        if match is None:
            return None
        who, query = self.people[address.role], dict(address.query)
        where = {"PATH_INFO": unquote_to_bytes(address.path).decode("latin-1"), "QUERY_STRING": urlencode(query)}
        request: Any = WSGIRequest(self._environ | where)
        request.actor, request.user, request.program = who.actor, who.user, self.program
        request.today = timezone.localdate()
        request.htmx, request.as_of = address.part, _day(query.get("as_of", "")) or request.today
        kwargs = {name: value for name, value in match.kwargs.items() if name != "program"}
        try:
            return _body(match.func(request, *match.args, **kwargs))
        except Http404:
            return None

    def _page(self, address: Address) -> bytes | None:
        if address.role not in self._clients:
            self._clients[address.role] = self.people[address.role].client()
        response = self._clients[address.role].get(address.path, dict(address.query))
        return _body(response) if response.status_code == 200 else None

    def _match(self, path: str) -> ResolverMatch | None:
        if path not in self._matches:
            try:
                self._matches[path] = resolve(path)
            except Resolver404:
                self._matches[path] = None
        return self._matches[path]

    def _learn(self, address: Address, body: bytes | None) -> int:
        """How many numbers were new in it."""
        if body is None:
            return 0
        if body.lstrip().startswith(b"<"):
            body = NOISE.sub(b"", body)
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest in self.bodies:
            return 0
        self.bodies.add(digest)
        text = body.decode("utf-8-sig", errors="replace")
        if text.lstrip().startswith("<"):
            if address.file:
                self._files[address.path] = False
            return self._from_page(address, text)
        self._files[address.path] = True
        head, *rows = [tuple(row) for row in csv.reader(io.StringIO(text))] or [()]
        known = self.rows[address.path, tuple(head)]
        new = set(rows) - known
        known |= new
        return len(new)

    def _from_page(self, address: Address, text: str) -> int:
        for found in LINK.findall(text):
            parts = urlsplit(unescape(found))
            if any(word in found for word in NEVER):
                continue
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            for name, value in pairs:
                self._values[parts.path][name][value] = None
            known = parts.path in self._matches
            self._match(parts.path)
            worth = 20.0 if known else 100.0 if ABOUT.search(parts.path) else 1.0
            self._later(Address(address.role, parts.path, tuple(sorted(set(pairs)))), worth)
        for name, inside in FIELD.findall(text):
            self._values[address.path][name] |= dict.fromkeys(OPTION.findall(inside)[:60])
        new = set(_lines(address.path, text)) - self.lines
        self.lines |= new
        return len(new)

    def _follow(self, address: Address, told: int, *, exists: bool) -> None:
        """What told something has its neighbours asked; of the rest a few, by chance."""
        if address.path not in self._about:
            self._about[address.path] = ABOUT.search(address.path) is not None
        if not self._about[address.path]:
            return
        for one in self._near(address) if told else self._some_near(address, 6 if exists else 1):
            self._later(one, min(told, 40) + self.rng.random())

    def _near(self, address: Address) -> Iterator[Address]:
        """All neighbours: of each name of a query all values that are known for it, and some words."""
        yield from self._beside(address)
        values = self._values[address.path]
        for name in dict.fromkeys((*values, *NAMES)):
            words, odd = self.rng.sample(self.words, WORDS), self.rng.sample(ODD, ODDS)
            for value in dict.fromkeys((*values.get(name, ()), *words, *odd)):
                yield address.having(name, value)

    def _some_near(self, address: Address, many: int) -> Iterator[Address]:
        """So many of them by chance, each as likely as another; only these are made."""
        values, beside = self._values[address.path], list(self._beside(address))
        names = list(dict.fromkeys((*values, *NAMES)))
        weights = [len(values.get(name, ())) + WORDS + ODDS for name in names]
        for name in self.rng.choices(["", *names], [len(beside), *weights], k=many):
            if not name:
                yield self.rng.choice(beside)
                continue
            known = list(values.get(name, ()))
            place = self.rng.randrange(len(known) + WORDS + ODDS)
            if place < len(known):
                yield address.having(name, known[place])
            else:
                yield address.having(name, self.rng.choice(self.words if place < len(known) + WORDS else ODD))

    def _beside(self, address: Address) -> Iterator[Address]:
        """The same as another role, with less in its query, as a part of a page, of another number."""
        for role in self.people:
            yield address._replace(role=role).having("format", "csv")
        for name, _ in address.query:
            yield address.having(name, None)
        yield address._replace(part=not address.part)
        for number in NUMBER.findall(address.path):
            for other in sorted({int(number) - 1, int(number) + 1, self.rng.randint(0, 40)}):
                yield address._replace(path=address.path.replace(f"/{number}/", f"/{other}/"))

    def _later(self, address: Address, worth: float) -> None:
        """Puts an address in the queue. Where a page has a file, the file is asked; the page itself as long as whole pages are asked."""
        if address in self._asked:
            return
        if not address.file and self._files.get(address.path) and (self.whole >= PAGES or self.rng.random() < 0.9):
            address = address.having("format", "csv")
        heapq.heappush(self._next, (-worth, self.rng.random(), address))

    def _anywhere(self) -> Address:
        path = self.rng.choice(sorted(self._files))
        address = Address(self.rng.choice(sorted(self.people)), path).having("format", "csv")
        for name in self.rng.sample(("as_of", "by", "of", "unit", "level", "q", "sort", "groups", "page", "show"), 3):
            known = sorted(self._values[path].get(name, ())) or list(ODD)
            address = address.having(name, self.rng.choice([*known, *self.words]))
        return address


def _body(response: HttpResponseBase) -> bytes | None:
    if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith(
        ("text/html", "text/csv")
    ):
        return None
    return b"".join(response) if response.streaming else response.content


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


ROW, CELL, TAG = (
    re.compile(r"<tr[^>]*>(.*?)</tr>", re.S),
    re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S),
    re.compile(r"<[^>]+>"),
)
SAID = re.compile(r'(?:aria-label|<title)[=>]"?([^"<]*)')


def _lines(path: str, text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a page's tables that hold a number: address, and what stands in the cells, pictures by what is said of them."""
    for row in ROW.findall(text):
        cells = [" ".join([*SAID.findall(cell), unescape(TAG.sub(" ", cell))]) for cell in CELL.findall(row)]
        if any(re.search(r"\d", cell) for cell in cells):
            yield path, *(" ".join(cell.split()) for cell in cells)
