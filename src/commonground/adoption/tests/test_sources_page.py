"""How long sources remember, in sentences, and saying so."""

from datetime import date

from tests.cast import Cast

from commonground.adoption.models import Source
from commonground.adoption.retention import Kept, default_of
from commonground.adoption.sources_views import title_of, told_of
from commonground.adoption.tests.followed_log import Followed
from commonground.events.models import Log

DAY = date(2026, 9, 14)


def kept(**more: object) -> Kept:
    values = {"log": Log(name="Contacts"), "system": "CRM", "keeps_days": 30, "known": True, "default": None}
    return Kept(**{**values, "last_event": date(2026, 9, 1), "program_end": None, **more})


def test_what_is_lost_is_said_with_its_day() -> None:
    assert told_of(kept(), DAY).mark == "watch"
    assert "forgotten there from 1 Oct 2026 on" in told_of(kept(), DAY).sentence
    lost = told_of(kept(last_event=date(2026, 7, 1)), DAY)
    assert (lost.mark, lost.word) == ("act", "Something is lost")
    assert "since 31 Jul 2026" in lost.sentence
    assert told_of(kept(keeps_days=700), DAY).mark == "good"
    assert "about 23 months" in told_of(kept(keeps_days=700), DAY).sentence
    assert told_of(kept(keeps_days=None), DAY).word == "Keeps for good"
    assert told_of(kept(keeps_days=None, known=False), DAY).word == "Not known yet"
    common = told_of(kept(known=False, keeps_days=None, default=default_of("Dataverse")), DAY)
    assert "as is common there" in common.sentence


def test_the_title_says_what_is_to_be_done_first() -> None:
    end = date(2027, 9, 14)
    lasts = kept(keeps_days=1826, program_end=end)
    unknown = kept(system="Dispatch", keeps_days=None, known=False, program_end=end)
    short = kept(system="Audit", program_end=end)
    assert title_of([]) == "No system feeds a behaviour yet"
    assert title_of([told_of(one, DAY) for one in (lasts, unknown, short)]) == "Bring the next file before 1 Oct 2026"
    assert "how long “Dispatch” keeps" in title_of([told_of(one, DAY) for one in (lasts, unknown)])
    assert title_of([told_of(lasts, DAY)]) == "Nothing is forgotten before the program ends"


def test_the_page_lists_systems_and_takes_an_answer(followed: Followed) -> None:
    followed.bring(range(3), source="Dataverse audit")
    alice = followed.cast.alice.client()
    page = alice.get("/northlight/pace/sources/").content.decode()
    assert "Dataverse audit" in page
    address = f"/northlight/pace/sources/{followed.log.pk}/Dataverse%20audit/"
    assert 'value="30"' in alice.get(address).content.decode(), "what is common is offered"
    assert alice.post(address, {"keeps": "for a time", "keeps_days": ""}).status_code == 422
    assert alice.post(address, {"keeps": "for a time", "keeps_days": "90"}).status_code == 302
    row = Source.objects.get()
    assert (row.system, row.keeps_days, row.known) == ("Dataverse audit", 90, True)
    alice.post(address, {"keeps": "for good", "keeps_days": "90"})
    row.refresh_from_db()
    assert (row.keeps_days, row.known) == (None, True)


def test_without_a_log_it_says_where_to_begin(cast: Cast) -> None:
    assert "No system feeds a behaviour yet" in cast.alice.client().get("/northlight/pace/sources/").content.decode()


def test_who_may(followed: Followed) -> None:
    address = f"/northlight/pace/sources/{followed.log.pk}/CRM/"
    assert followed.cast.frank.client().get("/northlight/pace/sources/").status_code == 200
    assert followed.cast.frank.client().get(address).status_code == 404
    assert followed.cast.charlie.client().get("/northlight/pace/sources/").status_code == 404


def test_a_system_that_feeds_nothing_is_not_taken(followed: Followed) -> None:
    alice = followed.cast.alice.client()
    assert alice.get(f"/northlight/pace/sources/{followed.log.pk}/ERP/").status_code == 404
    assert alice.get("/northlight/pace/sources/999999/CRM/").status_code == 404
