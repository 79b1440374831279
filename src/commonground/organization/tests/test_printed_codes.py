"""Printed one-time codes: made on a sheet, used once, for a stated time."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from commonground.accounts.models import SignInCode, User
from commonground.journal.models import Entry
from commonground.organization.models import Person


def printed(cast: Cast, people: str, days: int = 14) -> list[str]:
    answer = cast.alice.client().post("/people-with-access/sign-in-codes/", {"people": people, "days": days})
    assert answer.status_code == 200, answer.content.decode()
    return re.findall(r'large code">([^<]+)<', answer.content.decode())


@pytest.fixture
def crew(cast: Cast) -> Person:
    """Somebody without e-mail and without access."""
    return Person.objects.create(key="P99", name="Mona Meter")


def test_a_sheet_gives_access_and_a_code_that_works_once(cast: Cast, crew: Person) -> None:
    code, other = printed(cast, "P99\nCharlie Chen\n")
    crew.refresh_from_db()
    assert crew.user is not None
    assert not crew.user.has_usable_password()
    client = Client()
    assert client.get(f"/sign-in/code/?code={code}").status_code == 200
    assert SignInCode.objects.filter(used_at=None).count() == 2, "looking does not use it up"
    answer = client.post("/sign-in/code/", {"code": code.lower().replace("-", "")})
    assert answer["Location"] == "/account/begin/"
    assert client.session["_auth_user_id"] == str(crew.user.pk)
    assert Client().post("/sign-in/code/", {"code": code}).status_code == 422
    assert Client().post("/sign-in/code/", {"code": other}).status_code == 302
    verbs = set(Entry.objects.filter(kind="accounts.user").values_list("verb", flat=True))
    assert {"gave access", "printed a sign-in code", "signed in with a printed code"} <= verbs


def test_only_the_digest_is_kept(cast: Cast, crew: Person) -> None:
    (code,) = printed(cast, "P99")
    kept = str(list(SignInCode.objects.values())) + str(list(Entry.objects.values_list("values__data", flat=True)))
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_code_is_over_after_its_days_or_when_a_new_one_is_printed_or_access_is_closed(
    cast: Cast, crew: Person
) -> None:
    (first,) = printed(cast, "P99", days=3)
    (second,) = printed(cast, "P99", days=3)
    assert Client().post("/sign-in/code/", {"code": first}).status_code == 422
    at = timezone.now()
    assert SignInCode.objects.use(second, at=at + timedelta(days=3, seconds=5)) is None
    user = User.objects.get(person=crew)
    user.switch(active=False, by=cast.grace.actor, at=at)
    user.switch(active=True, by=cast.grace.actor, at=at)
    assert SignInCode.objects.use(second, at=at) is None


def test_after_it_a_password_is_set_or_this_device_is_kept(cast: Cast, crew: Person) -> None:
    (code,) = printed(cast, "P99")
    client = Client()
    client.post("/sign-in/code/", {"code": code})
    assert client.post("/account/begin/", {"new": "short"}).status_code == 422
    assert client.post("/account/begin/", {"new": "a river under the bridge"}).status_code == 302
    name = User.objects.get(person=crew).username
    again = Client()
    assert again.post("/sign-in/", {"username": name, "password": "a river under the bridge"}).status_code == 302
    assert again.get("/account/begin/").status_code == 302, "the page is for those who came by a code"
    (code,) = printed(cast, "P99")
    device = Client()
    device.post("/sign-in/code/", {"code": code})
    device.post("/account/begin/", {"stay": "yes"})
    assert device.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_guessing_closes_the_door(cast: Cast, crew: Person) -> None:
    (code,) = printed(cast, "P99")
    client = Client()
    answers = [client.post("/sign-in/code/", {"code": f"0000-0000-000{n}"}).status_code for n in range(5)]
    assert answers[-1] == 429
    assert client.post("/sign-in/code/", {"code": code}).status_code == 429


def test_who_is_not_known_or_closed_is_told_line_by_line(cast: Cast) -> None:
    cast.erin.user.switch(active=False, by=cast.grace.actor, at=timezone.now())
    answer = cast.alice.client().post(
        "/people-with-access/sign-in-codes/", {"people": "Nobody At All\nErin Eide\nP1", "days": 14}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Nobody At All" in text
    assert "their access was closed" in text
    assert not SignInCode.objects.exists(), "all or none"


def test_one_code_from_the_page_of_a_user_and_its_end(cast: Cast) -> None:
    client, pk = cast.grace.client(), cast.erin.user.pk
    assert "no-store" in client.post(f"/people-with-access/{pk}/sign-in-code/")["Cache-Control"]
    client.post(f"/people-with-access/{pk}/sign-in-code/end/")
    assert not SignInCode.objects.exists()
    assert cast.erin.client().post(f"/people-with-access/{pk}/sign-in-code/").status_code == 404
