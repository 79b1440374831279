"""Answering: without a sign-in, a cookie or a script; one token, one answer; kind words for whatever does not go."""

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast

from commonground.access.throttling import Throttle
from commonground.assessments import answer_views
from commonground.assessments.answering import NotTakenError, answer, token_for
from commonground.assessments.models import Answer, Invited, Round, Token
from commonground.assessments.tests.asked import AT, opened, staffed, values_for
from commonground.assessments.tokens import key_of, personal, written
from commonground.journal.models import Entry, Version


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.DATA = tmp_path
    monkeypatch.setattr(answer_views, "WRONG", Throttle(most=60, in_all=600))
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def round(cast: Cast) -> Round:
    staffed(cast)
    return opened(cast)


def code_of(round: Round, place: int = 0) -> str:
    return written(
        personal(key_of(round.pk), Invited.objects.filter(round=round, by="mail").order_by("pk")[place].person_id)
    )


def test_an_answer_is_taken_once_and_nothing_else_is_kept(round: Round) -> None:
    browser = Client(enforce_csrf_checks=True)
    url = f"/answer/{code_of(round)}/"
    page = browser.get(url)
    assert page.status_code == 200
    assert "Question 1 of 10" in page.content.decode()
    journal, versions = Entry.objects.count(), Version.objects.now()
    sent = browser.post(url, {name: str(number) for name, number in values_for(round).items()})
    assert sent.headers["Location"] == "/answer/thanks/?lang=en"
    row = Answer.objects.get()
    assert row.values == values_for(round)
    assert {field.name for field in Answer._meta.get_fields()} == {"id", "round", "combination", "values"}
    assert Token.objects.filter(spent=True).count() == 1
    again = browser.post(url, dict.fromkeys(values_for(round), "1"))
    assert again.status_code == 410
    assert "if it was you who just sent one, it has arrived" in again.content.decode().lower()
    assert Answer.objects.count() == 1
    assert Entry.objects.count() == journal
    assert Version.objects.now() == versions
    assert not browser.cookies
    assert Session.objects.count() == 0


def test_the_pages_set_no_cookie_and_are_kept_by_no_cache_also_for_somebody_signed_in(cast: Cast, round: Round) -> None:
    alice = cast.alice.client()
    for url in ("/answer/", f"/answer/{code_of(round)}/", "/answer/thanks/", "/answer/NONSENSE/"):
        page = alice.get(url)
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in page.headers
        assert not page.cookies
        assert "Alice" not in page.content.decode()
        assert "<script" not in page.content.decode()


def test_what_was_left_out_is_shown_and_may_be_left_out_on_purpose(round: Round) -> None:
    url = f"/answer/{code_of(round)}/"
    given = {name: "4" for name in values_for(round) if name != "able2"}
    page = Client().post(url, given)
    assert page.status_code == 422
    text = page.content.decode()
    assert 'href="#q-able2-1"' in text
    assert 'name="anyway"' in text
    assert text.count(" checked") == 9
    assert Answer.objects.count() == 0
    assert Client().post(url, {**given, "anyway": "1"}).status_code == 302
    assert "able2" not in Answer.objects.get().values


def test_nothing_at_all_is_no_answer(round: Round) -> None:
    page = Client().post(f"/answer/{code_of(round)}/", {"anyway": "1"})
    assert page.status_code == 422
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("value", ["0", "6", "x", "3; DROP", "²"])
def test_what_is_no_choice_is_not_taken(round: Round, value: str) -> None:
    given = {**dict.fromkeys(values_for(round), "4"), "need1": value}
    assert Client().post(f"/answer/{code_of(round)}/", given).status_code == 422
    assert Answer.objects.count() == 0


def test_a_hundred_points_must_come_to_a_hundred(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast, instrument="culture", purpose="culture")
    url = f"/answer/{code_of(round)}/"
    good = {name: str(number) for name, number in values_for(round).items()}
    page = Client().post(url, {**good, "day.now.together": "15"})
    assert page.status_code == 422
    assert "These come to 90 points; 10 are left to give." in page.content.decode()
    assert 'name="anyway"' not in page.content.decode(), "what is half done is no gap left on purpose"
    assert "come to 115 points; take 15 away" in Client().post(url, {**good, "day.now.new": "40"}).content.decode()
    assert "whole numbers" in Client().post(url, {**good, "day.now.new": "a few"}).content.decode()
    assert Client().post(url, {**good, "day.now.new": "", "day.now.order": "50"}).status_code == 302
    assert Answer.objects.get().values["day.now.new"] == 0


def test_it_can_be_answered_in_german(round: Round) -> None:
    url = f"/answer/{code_of(round)}/"
    assert '<html lang="de">' in Client().get(url, headers={"Accept-Language": "de-DE,de;q=0.9"}).content.decode()
    page = Client().get(f"{url}?lang=de").content.decode()
    assert "Frage 1 von 10" in page
    assert "stimme eher zu" in page


def test_a_code_may_be_typed_as_it_comes(round: Round) -> None:
    code = code_of(round)
    sent = Client().post("/answer/", {"code": f"  {code.lower().replace('-', ' ')} "})
    assert sent.headers["Location"] == f"/answer/{code}/?lang=en"
    wrong = Client().post("/answer/", {"code": "hello"})
    assert wrong.status_code == 404
    assert "This code is not known" in wrong.content.decode()


def test_before_and_after_its_days_it_says_so(cast: Cast, round: Round) -> None:
    url = f"/answer/{code_of(round)}/"
    for days, status, words in ((-1, 403, "has not begun yet"), (15, 410, "is over")):
        with time_machine.travel(AT.replace(day=AT.day + days), tick=False):
            page = Client().get(url)
            assert page.status_code == status
            assert words in page.content.decode()


def test_an_answer_that_comes_while_the_round_closes_is_not_taken(round: Round) -> None:
    token = token_for(personal(key_of(round.pk), Invited.objects.filter(by="mail")[0].person_id), AT.date())
    Round.objects.filter(pk=round.pk).update(state="closed")
    with pytest.raises(NotTakenError, match="closed"):
        answer(token, values_for(round))
    assert not Answer.objects.exists()
    assert not Token.objects.filter(spent=True).exists()


def test_many_wrong_codes_shut_the_door_for_where_they_come_from_alone(round: Round) -> None:
    statuses = [Client().get(f"/answer/{'0' * 15}{number:05d}/").status_code for number in range(62)]
    assert statuses == [404] * 60 + [429] * 2
    good = f"/answer/{code_of(round)}/"
    assert Client().get(good).status_code == 429
    assert Client().get(good, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_right_codes_are_not_counted(round: Round) -> None:
    good = f"/answer/{code_of(round)}/"
    assert {Client().get(good).status_code for _ in range(62)} == {200}


def test_every_question_has_a_legend_and_every_choice_a_label(round: Round) -> None:
    page = Client().get(f"/answer/{code_of(round)}/").content.decode()
    assert page.count("<fieldset") == page.count("<legend") == 10
    ids = re.findall(r'<input type="radio"[^>]* id="([^"]+)"', page)
    assert len(ids) == 50
    assert set(ids) == set(re.findall(r'<label for="(q-[^"]+)"', page))


def test_no_address_of_an_answering_page_is_logged_whatever_happens(
    round: Round, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_of(round)
    browser = Client()
    assert browser.get("/answer/0000-0000-0000-0000-0000/").status_code == 404
    assert browser.post(f"/answer/{code}/", {}).status_code == 422
    assert browser.post(f"/answer/{code}/", values_for(round)).status_code == 302
    assert browser.get(f"/answer/{code}/").status_code == 410

    def fail(*_: Any) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(answer_views, "token_for", fail)
    page = browser.get(f"/answer/{code}/")
    assert page.status_code == 500
    assert "our fault, not yours" in page.content.decode()
    assert code not in caplog.text
    assert "/answer/" not in caplog.text
    assert "The disk is full." in caplog.text
