"""People with access: invited, given roles, taken back; nobody locks everybody out."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from commonground.access import roles
from commonground.accounts.models import LastAdministratorError, User
from commonground.organization.models import Person

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)


def text(client: Client, name: str, data: dict[str, str] | None = None, **kwargs: int) -> str:
    url = reverse(f"access:{name}", kwargs=kwargs)
    response = client.get(url) if data is None else client.post(url, data, follow=True)
    return response.content.decode()


def test_the_list_says_who_may_what(cast: Cast) -> None:
    page = text(cast.client_of("alice"), "list")
    assert "Unit manager of Billing" in page
    assert "Technical administrator" in page
    of_grace = text(cast.client_of("grace"), "list")
    assert "Unit manager of a unit" in of_grace, "the administrator sees no units"
    assert "Billing" not in of_grace


def test_somebody_of_the_roster_is_invited_and_gets_a_password_shown_once(cast: Cast) -> None:
    person = Person.objects.create(key="P99", name="Nils Ny", email="nils@example.org")
    page = text(cast.client_of("alice"), "invite", {"person": "P99", "username": "nils", "role": "member"})
    assert "Nils Ny may sign in as nils with the password" in page
    person.refresh_from_db()
    assert person.user is not None
    assert person.user.grants.get().role == roles.MEMBER
    page = text(cast.client_of("alice"), "invite", {"person": "P99", "username": "nils2"})
    assert "This person has access already" in page


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"username": "alice", "name": "A"}, "Somebody signs in as “alice” already"),
        ({"username": "two words", "name": "A"}, "without spaces"),
        ({"username": "x"}, "Write a name for somebody who is not on the roster"),
        ({"username": "x", "person": "P404"}, "Nobody is found under “P404”"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(cast: Cast, answers: dict[str, str], said: str) -> None:
    assert said in text(cast.client_of("alice"), "invite", answers)
    assert User.objects.count() == len(cast.played)


def test_a_unit_manager_is_trusted_with_a_unit(cast: Cast) -> None:
    erin, alice = cast.erin.user, cast.client_of("alice")
    assert "Choose the unit that this manager is trusted with" in text(alice, "grant", {"role": "manager"}, pk=erin.pk)
    text(alice, "grant", {"role": "manager", "unit": str(cast.units["water"].pk)}, pk=erin.pk)
    grant = erin.grants.get()
    assert grant.unit == cast.units["water"].pk
    text(alice, "revoke", {}, pk=erin.pk, grant=grant.pk)
    assert not erin.grants.exists()


def test_the_last_administrator_stays(cast: Cast) -> None:
    grace, client = cast.grace.user, cast.client_of("grace")
    grant = grace.grants.get()
    assert "You are the last technical administrator" in text(client, "revoke", {}, pk=grace.pk, grant=grant.pk)
    assert "You cannot close your own access" in text(client, "switch", {"active": "no"}, pk=grace.pk)
    assert "Grace Grant is the last technical administrator" in text(
        cast.client_of("alice"), "switch", {"active": "no"}, pk=grace.pk
    )
    with pytest.raises(LastAdministratorError):
        grace.switch(active=False, by=cast.alice.actor, at=AT)
    cast.bob.user.grant(roles.ADMIN, by=cast.alice.actor, at=AT)
    text(client, "revoke", {}, pk=grace.pk, grant=grant.pk)
    assert not grace.grants.exists()


def test_the_administrator_gives_themselves_nothing(cast: Cast) -> None:
    page = text(cast.client_of("grace"), "grant", {"role": "lead"}, pk=cast.grace.user.pk)
    assert "Nobody who sees no content gives themselves a role" in page
    assert [grant.role for grant in cast.grace.user.grants.all()] == [roles.ADMIN]


def test_access_is_closed_opened_and_given_a_new_password(cast: Cast) -> None:
    erin, alice = cast.erin.user, cast.client_of("alice")
    text(alice, "switch", {"active": "no"}, pk=erin.pk)
    erin.refresh_from_db()
    assert not erin.is_active
    text(alice, "switch", {"active": "yes"}, pk=erin.pk)
    text(alice, "password", {"new": "the bridge by the mill"}, pk=erin.pk)
    erin.refresh_from_db()
    assert erin.is_active
    assert erin.check_password("the bridge by the mill")
    assert "too short" in text(alice, "password", {"new": "x"}, pk=erin.pk)


def test_who_has_no_role_comes_to_their_own_account_and_can_leave(cast: Cast) -> None:
    cast.frank.user.grants.all().delete()
    frank = cast.client_of("frank")
    page = frank.get("/", follow=True)
    assert "none yet" in page.content.decode()
    assert frank.get("/northlight/organization/").status_code == 404
    assert frank.post("/sign-out/").status_code == 302


def test_a_user_is_tied_to_another_person_or_to_none(cast: Cast) -> None:
    person, alice = Person.objects.create(key="P99", name="Nils Ny"), cast.client_of("alice")
    text(alice, "person", {"person": "P99"}, pk=cast.frank.user.pk)
    person.refresh_from_db()
    assert person.user == cast.frank.user
    assert "signs in as somebody else already" in text(alice, "person", {"person": "P99"}, pk=cast.erin.user.pk)
    text(alice, "person", {"person": ""}, pk=cast.frank.user.pk)
    person.refresh_from_db()
    assert person.user is None
