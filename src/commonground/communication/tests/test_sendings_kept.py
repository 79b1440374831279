"""What is held on those who send, and how long files and lists are kept."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cast import AT, Cast

from commonground.communication import addressing, printing
from commonground.communication.came_back import CameBack, say_sent
from commonground.communication.held_sendings import held_on
from commonground.communication.keeping_sendings import RULES
from commonground.communication.models import Addressed, Sending
from commonground.communication.tests.made_sending import Scene, scene
from commonground.programs.register import CannotError

RULE = {one.key: one for one in RULES}


@pytest.fixture
def made(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.DATA = tmp_path
    return scene(cast)


@pytest.fixture
def row(made: Scene) -> Sending:
    row = addressing.prepare(made.message, "fax", by=made.cast.ivan.actor, at=AT)
    addressing.approve(row, counted=row.counted, by=made.cast.alice.actor, at=AT)
    addressing.take(row, by=made.cast.ivan.actor, at=AT)
    return row


def test_whoever_sends_sees_what_they_did(made: Scene, row: Sending) -> None:
    (ivans,) = held_on(made.cast.ivan.person, made.cast.ivan.user)
    (alices,) = held_on(made.cast.alice.person, made.cast.alice.user)
    assert [(one["prepared"], one["approved"], one["taken"]) for one in ivans.rows] == [(AT.date(), None, AT.date())]
    assert [(one["prepared"], one["approved"], one["taken"]) for one in alices.rows] == [(None, AT.date(), None)]
    assert held_on(made.cast.erin.person, made.cast.erin.user)[0].rows == []


def test_sheets_are_deleted_after_a_week(row: Sending) -> None:
    rule = RULE["communication.printed"]
    printing.print_now(row, AT.date())
    path = printing.path_of(row)
    week_ago = (AT - timedelta(days=8)).timestamp()
    os.utime(path, (week_ago, week_ago))
    edge = AT.date() - timedelta(days=rule.days_default)
    assert rule.due(edge) == 1
    assert rule.run(edge, AT) == 1
    row.refresh_from_db()
    assert (path.exists(), row.place, row.printed) == (False, "", None)


def test_who_got_what_is_forgotten_and_counts_stay(row: Sending) -> None:
    rule = RULE["communication.addressed"]
    assert rule.run(AT.date(), AT) == 0
    assert rule.run(AT.date() + timedelta(days=1), AT) == 2
    assert not Addressed.objects.exists()
    assert Sending.objects.get().counted == 2


def test_the_way_back_ends_after_thirty_days(made: Scene, row: Sending) -> None:
    back = say_sent(row, on=date(2026, 9, 1), by=made.cast.ivan.actor, at=AT)
    RULE["communication.came_back_before"].run(AT.date() + timedelta(days=1), AT)
    with pytest.raises(CannotError, match="no longer kept"):
        CameBack.objects.get(pk=back.pk).undo(by=made.cast.ivan.actor, at=AT)
