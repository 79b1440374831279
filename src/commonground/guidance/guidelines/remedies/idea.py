"""What ends the findings of IDEA."""

from collections.abc import Callable

from commonground.analysis.facts import Facts, Voice
from commonground.analysis.register import Register
from commonground.analysis.voices import is_in_hand
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_somebody


def answer(facts: Facts, finding: Finding) -> Facts:
    """What waits is answered on the day."""
    is_meant = _meant(facts, finding)
    waiting = {row.id for row in Register(facts).voices.waiting}

    def answered(row: Voice) -> Voice:
        return row._replace(answered=facts.as_of, state="answered") if is_meant(row) and row.id in waiting else row

    return replaced(facts, "voices", Voice, answered)


def _meant(facts: Facts, finding: Finding) -> Callable[[Voice], bool]:
    """Whether a finding is about a voice: by itself, by its topic, or by the place from which it comes."""
    kind, key = finding.subject
    if kind in ("voice", "topic"):
        return lambda row: key == (row.id if kind == "voice" else row.topic)
    told_by = Register(facts).voices.told_by
    return lambda row: not is_in_hand(row) and told_by(row.unit) == (key if kind == "unit" else None)


def complete(facts: Facts, finding: Finding) -> Facts:
    """The idea is completed on the day."""

    def done(row: Voice) -> Voice:
        return row._replace(completed=facts.as_of, state="completed") if row.id == finding.subject.id else row

    return replaced(facts, "voices", Voice, done)


def respond_to_the_risk(facts: Facts, finding: Finding) -> Facts:
    """Somebody has each of these risks in hand, and it is said what will be done."""
    is_meant = _meant(facts, finding)
    facts, owner = with_somebody(facts)

    def in_hand(row: Voice) -> Voice:
        return row._replace(owner=row.owner or owner, response=True) if row.kind == "risk" and is_meant(row) else row

    return replaced(facts, "voices", Voice, in_hand)
