"""The first start: one person, one program, once."""

from django.test import Client
from django.urls import reverse

from commonground.access import roles
from commonground.accounts.models import User
from commonground.programs.models import Program


def test_the_first_start_makes_the_first_person_and_program_once(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == reverse("first-start")
    answers = {"name": "Maren Lindqvist", "username": "maren", "password": "short", "program": "Account"}
    assert "too short" in client.post("/first-start/", answers).content.decode()
    assert not User.objects.exists()
    done = client.post("/first-start/", answers | {"password": "a quiet river at night"}, follow=True)
    assert done.status_code == 200
    assert "No roster yet" in done.content.decode()
    user = User.objects.get()
    assert {grant.role for grant in user.grants.all()} == {roles.ADMIN, roles.LEAD}
    assert Program.objects.get().slug == "account-program", "an address of the instance is not taken away"
    assert client.get("/first-start/").status_code == 404
    assert client.post("/first-start/", answers).status_code == 404
