"""The journal's page: filtered, sealed, checked, as CSV; and what has been done on the page of a thing."""

from datetime import UTC, datetime

from django.db import transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from tests.cast import Cast

from commonground.journal.models import Entry
from commonground.journal.recording import record

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
URL = "/northlight/journal/"


def done(cast: Cast, verb: str, day: int, *, thing: str = "process", readers: list[int] | None = None) -> None:
    with transaction.atomic():
        at = AT.replace(day=day)
        record(verb, cast.things[thing], by=cast.carol.actor, at=at, why="so agreed", values={"n": 1}, readers=readers)


def verbs(cast: Cast, query: str = "", who: str = "alice") -> list[str]:
    return [line.verb for line in cast.client_of(who).get(URL + query).context["lines"]]


def test_it_lists_the_latest_first_and_filters(cast: Cast) -> None:
    done(cast, "first", 1)
    done(cast, "second", 2, thing="workflow")
    done(cast, "third", 3)
    assert verbs(cast) == ["third", "second", "first"]
    assert verbs(cast, "?kind=workflows.workflow") == ["second"]
    assert verbs(cast, f"?kind=workflows.process&thing={cast.things['process'].pk}") == ["third", "first"]
    assert verbs(cast, "?from=2026-09-02&to=2026-09-02") == ["second"]
    assert verbs(cast, f"?who={cast.carol.user.pk}") == ["third", "second", "first"]
    assert verbs(cast, f"?who={cast.bob.user.pk}") == []
    assert "Nothing of the kind" in cast.client_of("alice").get(URL + "?from=2030-01-01").content.decode()


def test_a_sealed_entry_is_on_no_page_and_in_no_file_of_others(cast: Cast) -> None:
    done(cast, "drafted a fate", 1, readers=[cast.bob.user.pk])
    done(cast, "renamed", 2)
    assert verbs(cast) == ["renamed"]
    csv = b"".join(cast.client_of("alice").get(URL + "?format=csv")).decode()
    assert "drafted a fate" not in csv
    assert "Carol Cole,renamed,process,Take the call,so agreed,n: 1" in csv


def test_it_is_paged_by_key(cast: Cast) -> None:
    for number in range(60):
        done(cast, f"step {number}", 1)
    page = cast.client_of("alice").get(URL).context["page"]
    assert page.shown == 50
    assert verbs(cast, f"?after={page.after}") == [f"step {number}" for number in range(9, -1, -1)]


def test_checking_says_that_all_is_as_written_or_names_the_entry(cast: Cast) -> None:
    done(cast, "first", 1)
    alice = cast.client_of("alice")
    url = reverse("journal:verify", kwargs={"program": "northlight"})
    assert "All 1 entries are as they were written, checked" in alice.post(url, follow=True).content.decode()
    Entry.objects.update(verb="other")
    assert "Entry 1 was changed after it was written." in alice.post(url, follow=True).content.decode()


def test_the_page_of_a_thing_says_what_has_been_done(cast: Cast) -> None:
    done(cast, "renamed", 2)
    request = RequestFactory().get("/")
    request.program = cast.program
    template = Template("{% load journal %}{% journal_about thing %}")
    for who, sees in ((cast.alice, True), (cast.carol, True), (cast.erin, False), (cast.grace, False)):
        request.actor = who.actor
        page = template.render(Context({"request": request, "thing": cast.things["process"]}))
        assert ("renamed: so agreed" in page) is sees
