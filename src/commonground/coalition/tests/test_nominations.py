"""Rounds of nominations: preparing, opening, naming, changing one's mind, closing, bands, and what is deleted when."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast

from commonground.access.retention import edge
from commonground.assessments.in_days import CANCELLED
from commonground.assessments.tokens import key_path
from commonground.coalition import naming
from commonground.coalition.ballots import NoKeyError
from commonground.coalition.closing_nominations import cancel, close
from commonground.coalition.keeping import NAMINGS, RULES
from commonground.coalition.models import Ballot, Candidate, Champion, Nomination, OptOut, Selection
from commonground.coalition.nominations import FOLDER, SELECTED
from commonground.coalition.selections import DONE
from commonground.coalition.tasks import choose_task
from commonground.coalition.tests.named import NORA, OLAV, PIA, TOVE, TURI, Scene, draft, named, opened
from commonground.journal.models import Entry
from commonground.programs.register import CannotError

NAME, LIST = "/northlight/champions/name/", "/northlight/champions/nominations/"


@pytest.fixture
def scene(cast: Cast, settings: Settings, tmp_path: Path) -> Scene:
    settings.DATA = tmp_path
    return named(cast)


def now_named(scene: Scene, name: str) -> set[str]:
    found = naming.named_by(scene.row, scene.people[name].pk)
    return {one for one, person in scene.people.items() if person.pk in found}


def test_everybody_reads_their_own_namings_and_can_change_them(scene: Scene) -> None:
    day, crew = timezone.localdate(), scene.people["Crew Member09"].pk
    assert now_named(scene, "Crew Member09") == {NORA, OLAV}
    naming.withdraw(scene.row, crew, scene.people[NORA].pk, day)
    assert now_named(scene, "Crew Member09") == {OLAV}
    naming.withdraw(scene.row, crew, None, day)
    assert now_named(scene, "Crew Member09") == set()
    assert Ballot.objects.count() == len(scene.ties) - 1


def test_what_is_kept_is_of_one_length_and_says_nothing(scene: Scene) -> None:
    rows = list(Ballot.objects.values_list("who", "sealed"))
    assert {len(bytes(sealed)) for _, sealed in rows} == {len(bytes(rows[0][1]))}
    pks = [f"{person.pk}" for person in scene.people.values()]
    assert not {who for who, _ in rows} & set(pks)
    assert [field.name for field in Ballot._meta.fields] == ["id", "nomination", "who", "sealed"]
    key = key_path(scene.row.pk, FOLDER)
    assert key.stat().st_mode & 0o777 == 0o600


def test_without_the_key_nobody_reads_anything(scene: Scene) -> None:
    key_path(scene.row.pk, FOLDER).unlink()
    with pytest.raises(NoKeyError):
        naming.named_by(scene.row, scene.people[TURI].pk)
    page = scene.client(TURI).get(NAME)
    assert page.status_code == 200
    assert "cannot take names any more" in page.content.decode()


@pytest.mark.parametrize("who", ["themselves", "their manager", "nobody there", "opted out"])
def test_who_cannot_be_named_is_refused_whatever_is_sent(scene: Scene, who: str) -> None:
    crew = scene.people["Crew Member00"]
    manager = crew.assignments.get().manager
    assert manager is not None
    OptOut.objects.create(person=scene.people[PIA])
    wanted = {
        "themselves": crew.pk,
        "their manager": manager.pk,
        "nobody there": 99_999,
        "opted out": scene.people[PIA].pk,
    }
    before = now_named(scene, "Crew Member00")
    answer = scene.client("Crew Member00").post(NAME, {"add": wanted[who]}, follow=True)
    assert "cannot be named" in answer.content.decode()
    assert now_named(scene, "Crew Member00") == before
    assert wanted[who] not in [one.pk for one in naming.found(crew.pk, crew.name[:4], timezone.localdate())[0]]


def test_five_are_the_most(scene: Scene) -> None:
    crew = [one for one in scene.people if one.startswith("Crew")]
    for name in crew[20:25]:
        naming.name(scene.row, scene.people[TOVE].pk, scene.people[name].pk, timezone.localdate())
    with pytest.raises(CannotError, match="as many as may be"):
        naming.name(scene.row, scene.people[TOVE].pk, scene.people[NORA].pk, timezone.localdate())


def test_the_page_finds_names_and_keeps_what_is_pressed(scene: Scene) -> None:
    client = scene.client(TOVE)
    found = client.post(NAME, {"find": "nygaard"})
    assert found.status_code == 200
    assert NORA in found.content.decode()
    assert found["Cache-Control"].startswith("max-age=0")
    kept = client.post(NAME, {"add": scene.people[NORA].pk}, follow=True)
    text = kept.content.decode()
    assert "You named one of five" in text
    assert NORA in text
    off = client.post(NAME, {"off": scene.people[NORA].pk}, follow=True)
    assert NORA not in off.content.decode()


def test_who_is_not_asked_or_comes_too_late_cannot_name(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    scene = opened(cast)
    scene.row.units = [cast.units["billing"].pk]
    scene.row.save()
    day, nora, turi = timezone.localdate(), scene.people[NORA].pk, scene.people[TURI].pk
    assert "Nobody asks you now" in scene.client(TURI).get(NAME).content.decode()
    with pytest.raises(CannotError, match="over"):
        naming.name(scene.row, turi, nora, day)
    with pytest.raises(CannotError, match="over"):
        naming.name(scene.row, scene.people[OLAV].pk, nora, day + timedelta(days=15))


def test_opting_out_deletes_what_was_named_also_after_closing(scene: Scene) -> None:
    entries = Entry.objects.count()
    naming.set_opt_out(scene.people[NORA].pk, out=True)
    assert now_named(scene, "Crew Member09") == {OLAV}
    assert naming.found(scene.people[TURI].pk, NORA, timezone.localdate()) == ([], False)
    close(scene.row, by=scene.cast.alice.actor, at=timezone.now())
    assert set(Candidate.objects.values_list("person__name", flat=True)) == {OLAV, PIA}
    naming.set_opt_out(scene.people[OLAV].pk, out=True)
    assert set(Candidate.objects.values_list("person__name", flat=True)) == {PIA}
    assert Entry.objects.count() == entries + 1, "only the closing is journaled"


def test_bands_come_after_closing_and_small_numbers_never(scene: Scene) -> None:
    lead, page = scene.cast.alice.client(), f"{LIST}{scene.row.pk}/"
    before = lead.get(page).content.decode()
    assert not any(name in before for name in (NORA, OLAV, PIA, TOVE))
    assert lead.post(f"{page}close/").status_code == 302
    after = lead.get(page).content.decode()
    bands = {row.person.name: row.band for row in Candidate.objects.select_related("person")}
    assert bands == {NORA: "10 or more", OLAV: "6 to 9", PIA: "3 to 5"}
    assert "10 or more namings" in after
    assert TOVE not in after
    with pytest.raises(CannotError, match="closed"):
        close(scene.row, by=scene.cast.alice.actor, at=timezone.now())


def test_too_few_who_took_part_tell_nothing(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    scene = opened(cast)
    crew = [name for name in scene.people if name.startswith("Crew")]
    for name in crew[:9]:
        naming.name(scene.row, scene.people[name].pk, scene.people[NORA].pk, timezone.localdate())
    close(scene.row, by=cast.alice.actor, at=timezone.now())
    assert not Candidate.objects.exists()
    assert "Fewer than ten people took part" in cast.alice.client().get(f"{LIST}{scene.row.pk}/").content.decode()


def test_a_round_of_too_few_does_not_open_and_only_one_is_open(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    with pytest.raises(CannotError, match="fewer than 10"):
        draft(cast).open(by=cast.alice.actor, at=timezone.now())
    opened(cast)
    with pytest.raises(CannotError, match="still open"):
        draft(cast).open(by=cast.alice.actor, at=timezone.now())


def test_how_many_took_part_is_told_once_a_day_and_rounded(scene: Scene) -> None:
    told = scene.row.share_told(timezone.localdate(), 19)
    assert told == 0.4  # 19 of 48 asked are 39.6 %
    assert scene.row.share_told(timezone.localdate(), 40) == told
    assert scene.row.share_told(timezone.localdate() + timedelta(days=1), 40) == 0.85


def test_a_cancelled_round_is_deleted_at_once(scene: Scene) -> None:
    cancel(scene.row, why="Too early.", by=scene.cast.alice.actor, at=timezone.now())
    assert not Ballot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_choosing_asks_the_nominee_first_and_deletes_who_named_whom(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    from tests.cast import make_cast  # noqa: PLC0415 - the fixture rolls back what must be committed here

    settings.DATA = tmp_path
    cast = make_cast()
    scene = named(cast)
    lead, now = cast.alice.client(), timezone.now()
    close(scene.row, by=cast.alice.actor, at=now)
    asked = lead.post(f"{LIST}{scene.row.pk}/select/", {"count": 2, "steps": 1, "cover": []})
    assert asked.status_code == 302, asked.content.decode()
    row = Selection.objects.get()
    choose_task.func(row.pk)
    row.refresh_from_db()
    assert row.state == DONE, row.result
    page = lead.get(f"/northlight/champions/selections/{row.pk}/").content.decode()
    assert "Proven: no choice of 2 reaches more." in page
    assert NORA in page
    other = Selection.objects.create(program=cast.program, nomination=scene.row, asked_at=now, state=DONE, chosen=[1])
    kept = scene.people[NORA]
    assert lead.post(f"/northlight/champions/selections/{row.pk}/accept/", {"keep": kept.pk}).status_code == 302
    scene.row.refresh_from_db()
    assert scene.row.state == SELECTED
    assert not Ballot.objects.exists()
    assert not Candidate.objects.exists()
    assert not Selection.objects.filter(pk=other.pk).exists()
    assert not key_path(scene.row.pk, FOLDER).exists()
    _nominee_first(scene, cast)


def _nominee_first(scene: Scene, cast: Cast) -> None:
    champion = Champion.objects.get()
    mine = scene.client(NORA).get("/northlight/for-me/").content.decode()
    assert "Several colleagues named you as someone who explains new ways. Would you be a champion?" in mine
    for other in (cast.dan, cast.bob, cast.carol, cast.frank):
        assert not Champion.objects.visible_to(other.actor).exists()
    assert scene.client(OLAV).post(f"/northlight/champions/asked/{champion.pk}/", {"said": "yes"}).status_code == 404
    scene.client(NORA).post(f"/northlight/champions/asked/{champion.pk}/", {"said": "talk"})
    champion.refresh_from_db()
    assert champion.wants_talk
    assert not Champion.objects.visible_to(cast.dan.actor).exists()
    scene.client(NORA).post(f"/northlight/champions/asked/{champion.pk}/", {"said": "yes"})
    assert Champion.objects.visible_to(cast.dan.actor).exists()


@pytest.mark.django_db(transaction=True)
def test_retention_deletes_what_nobody_chose_from(transactional_db: None, settings: Settings, tmp_path: Path) -> None:
    from tests.cast import make_cast  # noqa: PLC0415 - as above

    settings.DATA = tmp_path
    scene = named(make_cast())
    rule = next(one for one in RULES if one.key == NAMINGS)
    last = scene.row.closes_on
    assert rule.days_default == 30
    assert rule.due(edge(last + timedelta(days=30), 30)) == 0
    assert rule.due(edge(last + timedelta(days=31), 30)) == 1
    assert rule.run(edge(last + timedelta(days=31), 30), timezone.now()) == 1
    assert rule.run(edge(last + timedelta(days=31), 30), timezone.now()) == 0
    assert not Ballot.objects.exists()
    assert not key_path(scene.row.pk, FOLDER).exists()
    assert Nomination.objects.get().state == CANCELLED


def test_managers_auditors_and_administrators_do_not_find_the_pages(scene: Scene) -> None:
    for name in ("bob", "carol", "dan", "frank", "grace", "heidi", "ivan", "erin"):
        client: Client = scene.cast.client_of(name)
        for address in (LIST, f"{LIST}{scene.row.pk}/", f"{LIST}add/"):
            assert client.get(address).status_code == 404, f"{name} at {address}"
