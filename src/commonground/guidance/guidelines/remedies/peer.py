"""What ends the findings of PEER that are about champions and doubts."""

from datetime import timedelta

from commonground.analysis.facts import Champion, ChampionMeeting, Facts, Voice
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows

HOURS = 2.0  # a week, agreed with each


def nominate(facts: Facts, finding: Finding) -> Facts:
    """Somebody of the group champions the cause in it."""
    cells = Register(facts).touched_cells
    unit, level = cell = next(
        one for one in cells if "/".join(value or "" for value in one).rstrip("/") == finding.subject.id
    )
    champion = Champion(min(cells[cell]), unit, level, hours_per_week=HOURS, start=facts.as_of)
    return with_rows(facts, "champions", champion)


def agree_anew(facts: Facts, finding: Finding) -> Facts:
    """As many hours are agreed as it takes; or each champion has as many contacts as the others."""
    if finding.subject.kind == "champion":
        person = finding.subject.id
        return replaced(
            facts,
            "champions",
            Champion,
            lambda row: row._replace(hours_per_week=row.hours_used) if row.person == person else row,
        )
    contacts = [row.contacts for row in rows_of(facts, "champions", Champion) if row.contacts is not None]
    of_each = sum(contacts) / len(contacts)
    return replaced(
        facts,
        "champions",
        Champion,
        lambda row: row if row.contacts is None else row._replace(contacts=of_each),
    )


def meet(facts: Facts, finding: Finding) -> Facts:
    """The champions meet on the day."""
    return with_rows(facts, "champion_meetings", ChampionMeeting(facts.as_of, len(facts.rows("champions"))))


def answer_in_public(facts: Facts, finding: Finding) -> Facts:
    """One answer that all can read."""

    def answered(row: Voice) -> Voice:
        is_meant = row.topic == finding.subject.id
        return row._replace(public_answer=True, answered=facts.as_of, state="answered") if is_meant else row

    return replaced(facts, "voices", Voice, answered)


def hear_the_unit(facts: Facts, finding: Finding) -> Facts:
    """A question was raised there a week ago, and answered."""
    unit, day = finding.subject.id, facts.as_of
    question = Voice(f"question from {unit}", "question", day - timedelta(days=7), unit, "answered", answered=day)
    return with_rows(facts, "voices", question)
