"""The cast is what its table says."""

from tests.cast import Cast


def test_each_of_the_cast_has_the_roles_of_the_table(cast: Cast) -> None:
    assert cast.alice.actor.roles == {"lead", "employee"}
    assert cast.dan.actor.units == {cast.units["billing"].pk}
    assert cast.erin.actor.roles == cast.charlie.actor.roles == {"employee"}
    assert cast.frank.actor.roles == {"auditor"}
    assert cast.grace.actor.roles == {"admin"}
    assert not cast.grace.actor.sees_content


def test_clients_are_signed_in_as_who_they_are(cast: Cast) -> None:
    assert cast.client_of("erin").get("/styleguide/").status_code == 200
    assert cast.client_of("anonymous").get("/styleguide/").status_code == 302
