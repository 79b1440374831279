"""An address or a form may hold anything: the answer is a page, a refusal or “not found”, never a failure."""

import pytest
from django.test import Client
from django.urls import reverse

from commonground.realignment.models import Session, Solution
from tests import scenery
from tests.cast import STARTED, Cast
from tests.test_access import ALL

NASTY = ("-1", "1" * 30, "9223372036854775808", "²", "a%00b", "0001-01-01", "9999-12-31", "%3Cscript%3Ex%3C/script%3E")
ASKED = {
    "findings/": ("unit", "open", "practice", "show", "after"),
    "journal/": ("thing", "who", "from", "to", "kind", "after"),
    "organization/people/": ("unit", "q", "sort", "after"),
    "workflows/processes/": ("unit", "fate", "after"),
    "realignment/": ("stage", "after"),
    "realignment/paths/": ("fate", "after"),
    "search/": ("q",),
    "team-sheet/": ("unit",),
    **dict.fromkeys(("", "program/", "workflows/", "organization/", "ownership/", "for-me/"), ("as_of",)),
}


@pytest.mark.parametrize("page", ASKED)
def test_an_address_may_hold_anything(cast: Cast, page: str) -> None:
    scenery.set_up(cast)
    client = cast.client_of("alice")
    for name in ASKED[page]:
        for value in NASTY:
            response = client.get(f"/northlight/{page}?{name}={value}{'&kind=x' if name == 'thing' else ''}")
            assert response.status_code in {200, 404}, (name, value)
            assert "<script>x" not in response.content.decode(), (name, value)


def test_an_address_may_name_an_id_that_no_column_holds(cast: Cast) -> None:
    rows, client = scenery.set_up(cast), cast.client_of("alice")
    for address in ALL:
        given = dict(rows.get(address.name, {}))
        if not address.of_program or "pk" not in given:
            continue
        url = reverse(address.name, kwargs={"program": "northlight", **given, "pk": 10**30})
        for response in (client.get(url), client.post(url)):
            assert response.status_code in {404, 405, 302}, (address.name, response.status_code)


def test_a_session_is_put_right_in_its_own_search_alone(cast: Cast) -> None:
    solution = cast.things["solution"]
    session = Session.objects.create(solution=solution, on=STARTED)
    other = Solution.objects.create(program=cast.program, key="S2", workflow=cast.things["workflow"], opened=STARTED)
    for row, status in ((solution, 200), (other, 404)):
        kwargs = {"program": "northlight", "pk": row.pk, "session": session.pk}
        assert cast.client_of("alice").get(reverse("realignment:change-session", kwargs=kwargs)).status_code == status


def test_a_sign_in_leads_nowhere_else(cast: Cast) -> None:
    cast.alice.user.set_password("a long pass phrase")
    cast.alice.user.save()
    for there in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        given = {"username": "alice", "password": "a long pass phrase", "next": there}
        response = Client().post("/sign-in/", given)
        assert response.status_code == 302
        assert "evil" not in response["Location"]
        assert not response["Location"].startswith("javascript")


def test_nothing_is_written_without_the_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice.user, backend="django.contrib.auth.backends.ModelBackend")
    for page in (
        "/northlight/journal/verify/",
        "/northlight/program/strategy/add/",
        "/people-with-access/invite/",
        "/theme/",
    ):
        assert client.post(page, {}).status_code in {403, 404}, page


def test_an_unknown_host_gets_nothing(cast: Cast) -> None:
    assert Client().get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


def test_nobody_unties_themselves_from_what_is_planned_for_them(cast: Cast) -> None:
    """A plan is hidden from those whom it concerns by who they are in the organization."""
    person, user = cast.alice.person, cast.alice.user
    response = cast.client_of("alice").post(f"/people-with-access/{user.pk}/person/", {"person": ""})
    person.refresh_from_db()
    assert (response.status_code, person.user_id) == (422, user.pk)
