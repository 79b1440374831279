"""What ends the findings about cascades (PEER-05, PEER-07)."""

from commonground.analysis.facts import Facts, Step
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced


def confirm_the_talk(facts: Facts, finding: Finding) -> Facts:
    """The talks of this message in this unit were held, and are confirmed."""

    def held(row: Step) -> Step:
        is_meant = row.delivered is None and f"{row.message}/{row.unit or ''}" == finding.subject.id
        return row._replace(delivered=facts.as_of) if is_meant else row

    return replaced(facts, "steps", Step, held)


def tell_all_on_one_day(facts: Facts, finding: Finding) -> Facts:
    """Every unit hears the message on one day."""
    return replaced(
        facts,
        "steps",
        Step,
        lambda row: row._replace(delivered=facts.as_of) if row.message == finding.subject.id else row,
    )
