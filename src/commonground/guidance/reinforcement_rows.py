"""Reads what keeps new ways going, how old ones end, and formal steps as rows of facts."""

from commonground.analysis import facts
from commonground.guidance.reading import Reading
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Sunset

GIVEN = (
    "key", "behaviour__key", "kind", "on", "unit__key", "words", "given_by__key", "rests_on", "public", "names_people", "measure",
    "new_before", "new_after", "old_before", "old_after",
)  # fmt: skip
SUNSET = ("behaviour__key", "announced_on", "announced_by__key", "announced_how", "removes", "who__key", "removed_on")


def reinforcements(reading: Reading) -> list[facts.Reinforcement]:
    """What was done, in the order of its days."""
    rows = Reinforcement.objects.filter(program=reading.program).order_by("on", "pk").values_list(*GIVEN)
    found = map(facts.Reinforcement._make, rows)
    return [
        row._replace(what=row.what or None, rests_on=row.rests_on or None, measure=row.measure or None) for row in found
    ]


def sunsets(reading: Reading) -> list[facts.Sunset]:
    """How old ways end; the day of each stands with its behaviour."""
    rows = Sunset.objects.filter(program=reading.program).order_by("pk").values_list(*SUNSET)
    found = map(facts.Sunset._make, rows)
    return [row._replace(how=row.how or None, removes=row.removes or None) for row in found]


def corrective_steps(reading: Reading) -> list[facts.CorrectiveStep]:
    """Formal steps. What was tried before them is told by the reinforcements."""
    rows = CorrectiveStep.objects.filter(program=reading.program).order_by("on", "pk")
    return [
        facts.CorrectiveStep(
            row.key,
            row.behaviour.key,
            row.unit.key,
            row.on,
            row.about or None,
            row.private_word,
            row.beside_id is not None,
            tuple(row.fair),
            row.decided_by.key if row.decided_by else None,
            row.appeal_to.key if row.appeal_to else None,
        )
        for row in rows.select_related("behaviour", "unit", "decided_by", "appeal_to")
    ]
