"""The sheets of reinforcement: brought, brought again without a difference, taken back; a row that names a person is kept out."""

from tests.cast import Cast

from commonground.analysis import facts
from commonground.guidance import reinforcement_rows
from commonground.guidance.reading import Reading
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take

BEHAVIOUR = facts.Behaviour("one", "One record", source="count")


def files(cast: Cast, *more: facts.Reinforcement) -> dict[str, bytes]:
    unit, dan = cast.units["billing"].key, cast.dan.person.key if cast.dan.person else None
    done = facts.Reinforcement(
        "R1", "one", "easier", DAY, unit, "One form less", dan, None, False, False, "steps", 6, 3, 4, 5
    )
    end = facts.Sunset("one", DAY, dan, "in the round", "The list is read-only", dan, None)
    step = facts.CorrectiveStep(
        "F1", "one", unit, DAY, "Kept on paper", True, False, ("consistent", "ethical"), dan, dan
    )
    return sheets(
        {"behaviours": [BEHAVIOUR], "reinforcements": [done, *more], "sunsets": [end], "corrective_steps": [step]}
    )


def test_the_sheets_are_taken_over_read_as_the_same_facts_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    tables = ("reinforcements", "sunsets", "corrective_steps")
    assert [counts(row, table) for table in tables] == [{"new": 1}] * 3
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert [counts(again, table) for table in tables] == [{"unchanged": 1}] * 3
    reading = Reading(cast.program.pk, (), DAY)
    for table in tables:
        (found,) = getattr(reinforcement_rows, table)(reading)
        assert list(sheets({table: [found]}).values()) == [
            sheets({table: [facts.ROWS[table](*found)]})[f"{table}.csv"]  # a row of the table
        ]
    (done,) = reinforcement_rows.reinforcements(reading)
    assert (done.what, done.new_after, done.old_after, done.measure) == ("One form less", 3.0, 5.0, "steps")
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_a_row_that_names_a_person_is_kept_out(cast: Cast) -> None:
    name = cast.erin.person.name if cast.erin.person else ""
    row = bring(
        cast.program, cast.alice.actor, files(cast, facts.Reinforcement("R2", "one", "norm", DAY, what=f"{name} again"))
    )
    assert counts(row, "reinforcements") == {"new": 1, "kept_out": 1}
    assert "is a person of the register" in str(row.summary["sorts"])
