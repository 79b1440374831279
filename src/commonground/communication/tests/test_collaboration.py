"""Customers' collaboration: panels, joint improvements and meetings, by their verbs and on their page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.communication.held import held_on
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.journal.models import Entry, Version
from commonground.programs.register import CannotError

PAGE = "/northlight/customers/"


def panel(cast: Cast, **more: Any) -> Panel:
    values = {"name": "Evening with movers", "customers": "Households that moved", "start": date(2026, 2, 1), **more}
    return Panel.begin(cast.program, values, [cast.carol.person], by=cast.alice.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_an_empty_page_says_how_to_begin(cast: Cast) -> None:
    page = text(cast, "ivan")
    assert "No customer takes part yet" in page
    assert f"{PAGE}panel/add/" in page
    assert f"{PAGE}panel/add/" not in text(cast, "carol")


def test_customers_are_not_for_everybody(cast: Cast) -> None:
    for name in ("erin", "frank", "grace"):
        assert cast.client_of(name).get(PAGE).status_code == 404


def test_a_panel_begins_meets_and_is_put_back_with_its_people(cast: Cast) -> None:
    ivan, today = cast.ivan.client(), timezone.localdate()
    given = {"name": "Builders’ table", "customers": "Four firms", "unit": "", "start": today, "end": "", "words": ""}
    assert ivan.post(f"{PAGE}panel/add/", {**given, "ours": "Nobody Known"}).status_code == 422
    people = f"{cast.carol.person.key}\n{cast.dan.person.key}"
    assert ivan.post(f"{PAGE}panel/add/", {**given, "ours": people}).status_code == 302
    row = Panel.objects.get()
    met = {"on": today, "panel": row.pk, "customers": "Four firms", "ours": cast.carol.person.key, "words": "Dates"}
    assert ivan.post(f"{PAGE}meeting/add/", {**met, "came_of_it": "One date"}).status_code == 302
    page = text(cast, "alice")
    assert "One panel meets with customers; nothing is made better together yet" in page
    assert "One date" in page
    ivan.post(f"{PAGE}panel/{row.pk}/remove/")
    assert not Panel.objects.exists()
    assert CustomerMeeting.objects.get().panel is None
    entry = Entry.objects.filter(verb="removed a panel with customers").get()
    ivan.post(f"{PAGE}panel/put-back/{entry.pk}/")
    assert set(Panel.objects.get().ours.all()) == {cast.carol.person, cast.dan.person}


def test_changing_the_people_alone_is_written_and_nothing_different_is_not(cast: Cast) -> None:
    row, values = panel(cast), {"name": "Evening with movers"}
    assert row.put_right(values, [cast.carol.person, cast.dan.person], by=cast.ivan.actor, at=AT)
    entry = Entry.objects.get(verb="changed a panel with customers")
    assert (
        entry.values.data["after"]["people"] == ["Carol Baker", "Dan Berg"]
        or len(entry.values.data["after"]["people"]) == 2
    )
    assert not row.put_right(values, [cast.dan.person, cast.carol.person], by=cast.ivan.actor, at=AT)


def test_a_panel_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(CannotError, match="ends before it begins"):
        panel(cast, end=date(2026, 1, 1))
    assert not Panel.objects.exists()


def test_an_improvement_moves_on_is_done_on_a_day_and_moves_the_facts(cast: Cast) -> None:
    alice = cast.alice.client()
    given = {"name": "One letter", "panel": "", "unit": "", "owner": cast.carol.person.key, "state": "proposed"}
    assert alice.post(f"{PAGE}improvement/add/", given).status_code == 302
    row, before = Improvement.objects.get(), Version.objects.now()["improvements"]
    for state in ("agreed", "trying", "done"):
        alice.post(f"{PAGE}improvement/{row.pk}/{state}/")
    row.refresh_from_db()
    assert (row.state, row.done_on) == ("done", timezone.localdate())
    assert Version.objects.now()["improvements"] == before + 3
    alice.post(f"{PAGE}improvement/{row.pk}/trying/")
    row.refresh_from_db()
    assert row.done_on is None
    assert "cannot be" in alice.post(f"{PAGE}improvement/{row.pk}/perfect/", follow=True).content.decode()


def test_each_table_comes_as_csv(cast: Cast) -> None:
    row = panel(cast)
    values = {
        "panel": row,
        "on": date(2026, 3, 1),
        "customers": "Twelve households",
        "words": "",
        "came_of_it": "A card",
    }
    CustomerMeeting.begin(cast.program, values, [], by=cast.alice.actor, at=AT)
    cast.program.add(Improvement(key="J1", name="One letter", owner=cast.carol.person), by=cast.alice.actor, at=AT)
    for table, words in (("panels", "Households that moved"), ("meetings", "A card"), ("improvements", "One letter")):
        assert words in text(cast, "bob", f"{PAGE}?format=csv&table={table}")


def test_what_is_held_on_somebody_is_theirs_to_read(cast: Cast) -> None:
    panel(cast)
    cast.program.add(Improvement(key="J1", name="One letter", owner=cast.carol.person), by=cast.alice.actor, at=AT)
    held = {one.kind: len(one.rows) for one in held_on(cast.carol.person, cast.carol.user)}
    assert {kind for kind, rows in held.items() if rows} == {"customers-panels", "customers-improvements"}
    assert {"customers-panels", "customers-meetings", "customers-improvements"} <= held.keys()
    assert not any(one.rows for one in held_on(cast.dan.person, cast.dan.user))


def test_many_meetings_ask_the_database_no_more_often(cast: Cast) -> None:
    row, client = panel(cast), cast.alice.client()
    client.get(PAGE)
    asked = []
    for number in range(12):
        day = date(2026, 3, 1) + timedelta(days=number)
        values = {"panel": row, "on": day, "customers": "Twelve households", "words": "", "came_of_it": ""}
        CustomerMeeting.begin(cast.program, values, [cast.carol.person], by=cast.alice.actor, at=AT)
        if number in (0, 11):
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE)
            asked.append(len(queries))
    assert asked[0] == asked[1]
