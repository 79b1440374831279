"""The sheet of experiments: brought as drafts, brought again without a difference, taken back, left alone once registered."""

from tests.cast import Cast

from commonground.analysis import facts
from commonground.guidance.experiment_rows import experiments
from commonground.guidance.experiments import DRAFT, READY, Experiment
from commonground.guidance.reading import Reading
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take


def files(cast: Cast) -> dict[str, bytes]:
    units = (cast.units["billing"].key, cast.units["water"].key)
    row = facts.Experiment(
        "X1",
        "A card",
        "It is said more often",
        "a card",
        "B1",
        5.0,
        "together",
        units,
        DAY,
        8,
        "After eight weeks",
        None,
        "draft",
    )
    return sheets({"behaviours": [facts.Behaviour("B1", "Say the next step")], "experiments": [row]})


def test_the_sheet_is_taken_over_as_a_draft_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    made = Experiment.objects.get()
    assert (made.state, made.hoped, made.behaviour and made.behaviour.key) == (DRAFT, 5.0, "B1")
    assert made.units == [cast.units["billing"].pk, cast.units["water"].pk]
    assert counts(row, "experiments") == {"new": 1}
    assert counts(bring(cast.program, cast.alice.actor, files(cast)), "experiments") == {"unchanged": 1}
    found = experiments(Reading(cast.program.pk, (), DAY))
    assert (found[0].units, found[0].stop_rule) == (
        tuple(cast.units[one].key for one in ("billing", "water")),
        "After eight weeks",
    )
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_one_that_is_registered_is_left_as_it_is(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    Experiment.objects.update(state=READY)
    row = bring(cast.program, cast.alice.actor, files(cast))
    assert "It is registered here already." in str(row.summary)
