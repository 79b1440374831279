"""`commonground journal`: verify with its head, and erase."""

from datetime import UTC, datetime

from typer.testing import CliRunner

from commonground.config.journaling import app
from commonground.journal.models import Entry, Head
from tests.cast import Cast

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
run = CliRunner()


def test_verify_and_erase(cast: Cast) -> None:
    erin = cast.erin.person
    assert erin is not None
    erin.move(on=AT.date(), location="Quay", by=cast.alice.actor, at=AT)
    cast.units["crews"].rename("Crews", on=AT.date(), by=cast.alice.actor, at=AT)
    sound = run.invoke(app, ["verify", "--head"])
    assert sound.exit_code == 0
    said, head = sound.stdout.splitlines()
    assert said == "All 2 entries are as they were written."
    assert run.invoke(app, ["verify", "--since", head]).exit_code == 0
    assert run.invoke(app, ["verify", "--since", "nonsense"]).exit_code == 2
    erased = run.invoke(app, ["erase", "--person", erin.key, "--yes", "--why", "They asked for it"])
    assert "The words beside 1 entries are erased" in erased.stdout
    assert run.invoke(app, ["erase", "--person", "P404"]).exit_code == 2
    assert run.invoke(app, ["verify", "--since", head]).exit_code == 0
    Entry.objects.filter(pk=2).update(verb="other")
    broken = run.invoke(app, ["verify"])
    assert (broken.exit_code, broken.stdout.strip()) == (1, "Entry 2 was changed after it was written.")
    Head.objects.update(count=0, hash="")
