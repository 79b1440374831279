"""Opening a round: who is asked, what is stored of them, and tokens that name nobody."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import Cast

from commonground.assessments.in_days import OPEN
from commonground.assessments.invitations import remind, resolve
from commonground.assessments.models import Combination, Invited, Round, Token
from commonground.assessments.opening import open_round, prepared
from commonground.assessments.running import codes_of, extend, print_more
from commonground.assessments.tests.asked import AT, DAY, draft, opened, staffed
from commonground.assessments.tokens import digest_of, key_path, read, written
from commonground.journal.models import Entry
from commonground.outbox.models import Message
from commonground.outbox.secrets import NothingToSend
from commonground.programs.register import CannotError


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def test_opening_makes_combinations_of_enough_people_and_a_token_for_each(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast, attributes=["unit", "shift"], tables=[[], ["unit"], ["unit", "shift"]])
    assert round.state == OPEN
    rows = {row.label: row for row in Combination.objects.filter(round=round)}
    assert all(row.invited >= 5 for row in rows.values())
    assert (
        sum(row.invited for row in rows.values())
        == round.invited
        == Invited.objects.count()
        == Token.objects.count()
        == 49
    )
    assert "Billing · night" not in rows, "three people at night are counted with Billing"
    assert round.names["unit"]["BIL"] == {"name": "Billing", "parent": "CUS"}
    assert round.items["scales"][0]["items"] == ["need1", "need2", "need3"]
    assert round.by_slip == 12
    assert round.by_mail == 37


def test_the_preview_names_what_is_counted_elsewhere(cast: Cast) -> None:
    staffed(cast)
    found = prepared(draft(cast, attributes=["unit", "shift"]), DAY)
    assert found.coarse is not None
    assert found.coarse.moved[("BIL", "night")] == (3, ("BIL", None))


def test_the_database_holds_no_token_and_no_way_to_one(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast)
    link = resolve(f"round:{round.pk}/person:{Invited.objects.filter(by='mail')[0].person_id}")["link"]
    token = read(link.rstrip("/").rsplit("/", 1)[1])
    assert Token.objects.get(digest=digest_of(token)).round == round
    assert not Message.objects.filter(body__contains=token).exists()
    assert {field.name for field in Token._meta.get_fields()} == {
        "id",
        "round",
        "combination",
        "digest",
        "spent",
        "printed",
    }
    assert key_path(round.pk).stat().st_mode & 0o777 == 0o600


def test_all_with_an_address_are_written_to_in_the_same_words_and_again_when_reminded(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast)
    first = Message.objects.filter(kind="invitation")
    assert first.count() == round.by_mail == 37
    assert first.values("body").distinct().count() == 1
    assert "{link}" in first[0].body
    with pytest.raises(CannotError, match="All were written to"):
        remind(round, by=cast.alice.actor, at=AT)
    later = AT.replace(day=AT.day + 3)
    assert remind(round, by=cast.alice.actor, at=later) == 37
    assert "If you have answered already, thank you" in Message.objects.order_by("-pk")[0].body
    assert Entry.objects.filter(verb="reminded all of a round").count() == 1


def test_without_the_key_mail_is_kept_back_and_codes_are_not_made(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast)
    key_path(round.pk).unlink()
    with pytest.raises(NothingToSend, match="restored from a backup"):
        resolve(f"round:{round.pk}/person:1")
    with pytest.raises(CannotError, match="restored from a backup"):
        codes_of(Combination.objects.filter(slips__gt=0)[0])
    with pytest.raises(CannotError, match="restored from a backup"):
        remind(round, by=cast.alice.actor, at=AT.replace(day=AT.day + 3))


def test_codes_are_there_for_whoever_has_no_address_and_more_can_be_made(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast)
    crews = Combination.objects.get(round=round, label="Metering crews")
    codes = codes_of(crews)
    assert len(codes) == 12
    assert (
        Token.objects.filter(digest__in=[digest_of(code) for code in codes], combination=crews, printed=True).count()
        == 12
    )
    with pytest.raises(CannotError, match="never more codes than people"):
        print_more(crews, 1, by=cast.alice.actor, at=AT)
    billing = Combination.objects.get(round=round, label="Billing")
    print_more(billing, 3, by=cast.alice.actor, at=AT)
    assert len(set(codes_of(billing))) == 3
    assert read(written(codes[0]).lower().replace("0", "o")) == codes[0]


def test_a_sample_of_a_seed_is_the_same_again(cast: Cast) -> None:
    staffed(cast)
    asked = [
        {one.key for one in prepared(draft(cast, population={"sample": {"size": 20, "seed": seed}}), DAY).asked}
        for seed in (7, 7, 8)
    ]
    assert len(asked[0]) == 20
    assert asked[0] == asked[1] != asked[2]


def test_population_by_unit_level_and_front_office(cast: Cast) -> None:
    staffed(cast)
    units = prepared(draft(cast, population={"units": ["WAT"]}), DAY)
    assert {one.attributes["unit"] for one in units.asked} == {"WAT", "CRW"}
    front = prepared(draft(cast, population={"front_office": True, "levels": ["Staff"]}), DAY)
    assert {one.attributes["unit"] for one in front.asked} == {"CON", "CRW", "WAT"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"instrument": "oric"}, "cannot be asked"),
        ({"population": {"units": ["ROOT-OF-NOTHING"]}}, "It would ask 0 people"),
        ({"tables": []}, "no table to be published"),
        ({"tables": [["shift"]]}, "compares by shift"),
        ({"languages": ["fr"]}, "no words in every language"),
        ({"closes_on": DAY.replace(day=1)}, "over before anybody could answer"),
    ],
)
def test_what_cannot_open_says_why(cast: Cast, more: dict[str, object], why: str) -> None:
    staffed(cast)
    row = draft(cast, **more)
    with pytest.raises(CannotError, match=why):
        open_round(row, by=cast.alice.actor, at=AT)
    assert Round.objects.get().state == "draft"
    assert not key_path(row.pk).exists()


def test_an_open_round_stays_as_promised_and_is_extended_once(cast: Cast) -> None:
    staffed(cast)
    round = opened(cast)
    with pytest.raises(CannotError, match="is open, so it cannot be changed"):
        round.change({"threshold": 2}, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="is open, so it cannot be opened"):
        open_round(round, by=cast.alice.actor, at=AT)
    extend(round, until=round.closes_on.replace(day=30), why="Storm week", by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="extended before"):
        extend(round, until=round.closes_on.replace(month=10), why="", by=cast.alice.actor, at=AT)


def test_the_threshold_never_lies_below_that_of_the_house(cast: Cast) -> None:
    staffed(cast)
    assert opened(cast, threshold=2).threshold == 5
    assert opened(cast, threshold=9).threshold == 9
