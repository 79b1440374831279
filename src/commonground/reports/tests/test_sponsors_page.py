"""The sponsor map: what it says, who may do what on it, and that a silence stands on the sponsor's own pages alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.coalition.models import Act, Sponsor
from commonground.coalition.silence import tell
from commonground.realignment.models import ProcessFate
from commonground.workflows.models import Process

PAGE = "/northlight/sponsors/"


def named(cast: Cast, days: int = 0, **fields: object) -> Sponsor:
    start = timezone.localdate() - timedelta(days=days)
    values = {"unit": None, "start": start, **fields}
    return Sponsor.objects.appoint(cast.program, cast.bob.person, **values, by=cast.alice.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_sponsor_the_page_says_what_to_do(cast: Cast) -> None:
    page = text(cast, "alice")
    assert "Nobody is named as sponsor yet" in page
    assert "/northlight/sponsors/add/" in page
    assert "/northlight/sponsors/add/" not in text(cast, "dan")


def test_a_sponsor_is_named_changed_ended_and_removed(cast: Cast) -> None:
    alice, today = cast.alice.client(), timezone.localdate()
    given = {
        "person": cast.bob.person.key,
        "unit": "",
        "words": "Executive sponsor",
        "start": today - timedelta(days=9),
    }
    assert alice.post(f"{PAGE}add/", given).status_code == 302
    row = Sponsor.objects.get()
    assert alice.post(f"{PAGE}add/", given).status_code == 422  # twice
    assert alice.post(f"{PAGE}{row.pk}/change/", {**given, "words": "Sponsor"}).status_code == 302
    assert alice.post(f"{PAGE}{row.pk}/end/", {"on": today, "why": "moves on"}).status_code == 302
    assert "stood for the whole program" in text(cast, "alice")
    alice.post(f"{PAGE}{row.pk}/reopen/")
    row.refresh_from_db()
    assert (row.words, row.end) == ("Sponsor", None)
    alice.post(f"{PAGE}{row.pk}/remove/")
    assert not Sponsor.objects.exists()
    assert "Put it back" in text(cast, "alice")


def test_a_day_to_come_plans_an_act_and_it_is_done_then(cast: Cast) -> None:
    bob, today = cast.bob.client(), timezone.localdate()
    given = {"kind": "visited", "unit": cast.units["billing"].pk, "on": today + timedelta(days=2), "words": ""}
    assert bob.post(f"{PAGE}acts/add/", given).status_code == 302
    act = Act.objects.get()
    assert (act.planned, act.person) == (True, cast.bob.person)
    assert bob.post(f"{PAGE}acts/{act.pk}/done/", {"on": today, "words": "All of the shift"}).status_code == 302
    act.refresh_from_db()
    assert (act.planned, act.on, act.words) == (False, today, "All of the shift")
    bob.post(f"{PAGE}acts/{act.pk}/again/")
    act.refresh_from_db()
    assert act.planned
    assert bob.post(f"{PAGE}acts/{act.pk}/remove/").status_code == 302
    assert not Act.objects.exists()


def test_another_persons_act_is_not_theirs_to_change(cast: Cast) -> None:
    row = Act.objects.create(program=cast.program, person=cast.bob.person, on=timezone.localdate(), kind="visited")
    dan = cast.dan.client()
    assert dan.get(f"{PAGE}acts/{row.pk}/change/").status_code == 404
    assert dan.post(f"{PAGE}acts/{row.pk}/remove/").status_code == 404
    assert cast.alice.client().get(f"{PAGE}acts/{row.pk}/change/").status_code == 200


def test_a_silence_stands_on_the_sponsors_own_pages_alone(cast: Cast) -> None:
    named(cast, days=35)
    tell(cast.program, timezone.localdate(), at=timezone.now())
    for address in (PAGE, "/northlight/for-me/", "/northlight/"):
        assert "For you alone" in text(cast, "bob", address), address
        for who in ("alice", "dan", "carol"):
            assert "For you alone" not in text(cast, who, address), (who, address)
    assert "not seen for a while" not in text(cast, "alice")


def test_after_a_longer_silence_others_read_of_it(cast: Cast) -> None:
    row = named(cast, days=60)
    assert "not seen for a while" not in text(cast, "alice")
    Sponsor.objects.filter(pk=row.pk).update(told_on=timezone.localdate() - timedelta(days=7))
    assert "not seen for a while" in text(cast, "alice")


def test_whom_nothing_can_reach_the_change_lead_tells(cast: Cast) -> None:
    row = named(cast, days=60)
    cast.bob.person.user = None
    cast.bob.person.email = ""
    cast.bob.person.save()
    assert "I told them" in text(cast, "alice")
    assert "I told them" not in text(cast, "carol")
    cast.alice.client().post(f"{PAGE}{row.pk}/told/")
    row.refresh_from_db()
    assert row.told_on == timezone.localdate()


@pytest.mark.parametrize("table", ["units", "sponsors", "acts"])
def test_each_table_comes_as_csv(cast: Cast, table: str) -> None:
    named(cast, days=3)
    Act.objects.create(program=cast.program, person=cast.bob.person, on=timezone.localdate(), kind="visited")
    answer = cast.alice.client().get(f"{PAGE}?format=csv&table={table}")
    assert answer["Content-Type"].startswith("text/csv")
    lines = b"".join(answer).decode().splitlines()
    assert len(lines) >= (1 if table == "units" else 2)


def test_a_touched_unit_is_led_once_both_were_seen(cast: Cast, django_assert_max_num_queries) -> None:
    process = Process.objects.get(pk=cast.things["process"].pk)
    ProcessFate.objects.filter(process=process).delete()
    ProcessFate.objects.create(program=cast.program, process=process, fate="move", stage="told")
    named(cast, days=3)
    page = text(cast, "alice")
    assert "not yet" in page
    with django_assert_max_num_queries(60):
        text(cast, "alice")
