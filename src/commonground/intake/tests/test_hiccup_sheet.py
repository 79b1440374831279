"""The sheet of hiccup plans: brought with its promises, brought again without a difference, taken back, kept out without a cut-over."""

from tests.cast import Cast

from commonground.analysis import facts
from commonground.communication.models import HiccupPlan, Promise
from commonground.guidance.hiccup_rows import hiccups
from commonground.guidance.reading import Reading
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take

PROMISES = ("A call is answered", "Nobody pays a late fee")


def files(cast: Cast, *more: facts.Hiccup) -> dict[str, bytes]:
    unit = cast.units["billing"].key
    cuts = [facts.Milestone("cut_over", DAY, None, unit), facts.Milestone("cut_over", DAY)]
    rows = [facts.Hiccup("yes", unit, PROMISES, DAY), facts.Hiccup("no"), *more]
    return sheets({"milestones": cuts, "hiccups": rows})


def test_the_sheet_is_taken_over_with_the_cut_overs_of_the_same_sheets_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    plan = HiccupPlan.objects.get(noticed="yes")
    assert (plan.ready_on, plan.cut_over and plan.cut_over.unit) == (DAY, cast.units["billing"])
    assert tuple(plan.promises.values_list("promise", flat=True)) == PROMISES
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert counts(row, "hiccups") == {"new": 2}
    assert counts(again, "hiccups") == {"unchanged": 2}
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_a_plan_without_a_cut_over_is_kept_out(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, files(cast, facts.Hiccup("yes", cast.units["water"].key)))
    assert counts(row, "hiccups") == {"new": 2, "kept_out": 1}
    assert "There is no cut-over of it on the program line." in str(row.summary["sorts"])


def test_what_was_brought_reads_as_the_same_facts(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    found = hiccups(Reading(cast.program.pk, (), DAY))
    assert found == [facts.Hiccup("yes", cast.units["billing"].key, PROMISES, DAY), facts.Hiccup("no")]
    assert Promise.objects.count() == 2
