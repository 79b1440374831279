"""What ends the findings of PHAS-01, PHAS-02 and BUDG-03: what is written at a gate."""

from commonground.analysis.facts import Evidence, Facts, Gate
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.criteria import FILED, MET, REALITY, criteria_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def file_evidence(facts: Facts, finding: Finding) -> Facts:
    """Somebody files today what shows each thing that the gate asks of reality; it takes the place of what was written before."""
    number, unit = _gate(finding)
    asked = [one.key for one in criteria_of(number) if one.kind == REALITY]

    def kept(row: Evidence) -> Evidence | None:
        return None if (row.number, row.unit) == (number, unit) and row.criterion in asked else row

    facts = replaced(facts, "evidence", Evidence, kept)
    return with_rows(facts, "evidence", *(Evidence(number, unit, key, MET, FILED, on=facts.as_of) for key in asked))


def pass_it(facts: Facts, finding: Finding) -> Facts:
    """It is decided today to go through the gate."""
    number, unit = _gate(finding)
    passed = Gate(number, unit, "passed", decided=facts.as_of)
    if not any((row.number, row.unit) == (number, unit) for row in rows_of(facts, "gates", Gate)):
        return with_rows(facts, "gates", passed)
    same = (number, unit)
    return replaced(facts, "gates", Gate, lambda row: passed if (row.number, row.unit) == same else row)


def _gate(finding: Finding) -> tuple[int, str | None]:
    """Number and unit of a subject such as `2/Billing`."""
    number, _, unit = finding.subject.id.partition("/")
    return int(number), unit or None
