"""What is held on me: all of it, of nobody else, nothing that was not told, and a way to have it put right."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast

from commonground.access.holdings import Held
from commonground.realignment.fates import Way
from commonground.realignment.models import HolderPath, RoleChange, RoleFate
from commonground.reports.asking import DataRequest
from commonground.reports.held import held_of

ON = date(2026, 9, 1)


def kinds(cast: Cast, who: str) -> dict[str, Held]:
    played = cast.played[who]
    return {one.kind: one for one in held_of(played.user, played.person)}


def taken(client: Client) -> Any:
    return json.loads(client.get("/northlight/held/?format=json").content)


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("erin", 200), ("charlie", 200), ("frank", 200), ("grace", 404), ("anonymous", 302)],
)
def test_everybody_of_the_program_opens_their_own(cast: Cast, who: str, status: int) -> None:
    assert cast.client_of(who).get("/northlight/held/").status_code == status


def test_it_is_all_there_and_can_be_taken_away(cast: Cast) -> None:
    found = kinds(cast, "erin")
    assert found["person"].rows[0]["name"] == cast.erin.person.name
    assert found["places"].rows[0]["unit"] == "Billing"
    assert found["access"].rows[0]["sign-in name"] == "erin"
    erin = cast.erin.client()
    whole = taken(erin)
    assert {one["kind"] for one in whole["kinds"]} == set(found)
    archive = zipfile.ZipFile(io.BytesIO(erin.get("/northlight/held/?format=zip").content))
    assert {"read-me-first.html", "all.json", "person.csv", "places.csv"} <= set(archive.namelist())
    assert "Billing" in archive.read("places.csv").decode()
    assert json.loads(archive.read("all.json")) == whole


def test_kinds_have_names_of_their_own_and_rows_of_one_shape(cast: Cast) -> None:
    for who in ("alice", "dan", "erin", "frank"):
        played = cast.played[who]
        found = held_of(played.user, played.person)
        names = [one.kind for one in found]
        assert len(names) == len(set(names)), names
        for one in found:
            assert one.words
            assert one.source
            assert len({tuple(row) for row in one.rows}) <= 1, one.kind


def test_nobody_reads_of_another(cast: Cast) -> None:
    text = cast.charlie.client().get("/northlight/held/").content.decode()
    assert cast.erin.person.name not in text
    assert cast.client_of("charlie").get("/northlight/held/?person=1&user=2").content.decode().count("Erin") == 0


def test_nobody_learns_of_their_own_loss_from_it(cast: Cast) -> None:
    keep: dict[str, Any] = {"by": cast.alice.actor, "at": timezone.now()}
    erin = cast.erin.client()
    before = erin.get("/northlight/held/").content
    was = taken(erin)
    clerk = cast.roles["billing_clerk"]
    fate = RoleFate.objects.draft(clerk, program=cast.program, fate="end", definition_after="", **keep)
    RoleChange.objects.add(fate, kind="people", size=-3, words="hushed loss", **keep)
    path = HolderPath.objects.draft(cast.erin.person, role=clerk, program=cast.program, way=Way("leaving"), **keep)
    for staged in (fate, path):
        assert taken(erin) == was
        staged.advance("consulted", on=ON, **keep)
    assert taken(erin) == was
    after = erin.get("/northlight/held/").content
    assert b"hushed" not in after
    assert len(after) == len(before)
    for staged in (fate, path):
        staged.line_spoke(on=ON, **keep)
        staged.advance("told", on=ON, **keep)
    found = kinds(cast, "erin")
    assert [row["becomes"] for row in found["paths"].rows] == ["leaving"]
    assert [row["what"] for row in found["gains-and-losses"].rows] == ["hushed loss"]
    assert not kinds(cast, "charlie")["gains-and-losses"].rows


def test_what_was_taken_is_kept_by_no_browser(cast: Cast) -> None:
    for query in ("", "?format=json", "?format=zip"):
        assert cast.erin.client().get(f"/northlight/held/{query}")["Cache-Control"] == "no-store"


def asked(cast: Cast, who: str = "erin") -> DataRequest:
    cast.client_of(who).post("/northlight/held/ask/", {"kind": "correct", "words": "My level is wrong."})
    row: DataRequest = DataRequest.objects.latest("pk")
    return row


def test_a_request_lands_with_the_lead_and_its_answer_with_who_asked(cast: Cast) -> None:
    row = asked(cast)
    lead = cast.alice.client()
    assert "My level is wrong." in lead.get("/northlight/privacy/requests/").content.decode()
    assert "about the data on them" in lead.get("/northlight/").content.decode()
    lead.post(f"/northlight/privacy/requests/{row.pk}/", {"words": "Put right today."})
    assert "Put right today." in cast.erin.client().get("/northlight/held/").content.decode()


def test_a_request_can_be_withdrawn_and_asked_again(cast: Cast) -> None:
    row, client = asked(cast), cast.erin.client()
    for step, state in (("withdraw", "withdrawn"), ("again", "open")):
        client.post(f"/northlight/held/requests/{row.pk}/", {"step": step})
        row.refresh_from_db()
        assert row.state == state


def test_a_request_is_nobody_elses(cast: Cast) -> None:
    row = asked(cast)
    for who in ("charlie", "dan", "frank"):
        client = cast.client_of(who)
        assert client.post(f"/northlight/held/requests/{row.pk}/", {"step": "withdraw"}).status_code == 404
        assert "My level is wrong." not in client.get("/northlight/held/").content.decode()
        assert client.get("/northlight/privacy/requests/").status_code == 404
    assert cast.alice.client().post(f"/northlight/held/requests/{row.pk}/", {"step": "withdraw"}).status_code == 404
