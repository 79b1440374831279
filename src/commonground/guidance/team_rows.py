"""Reads the members of the project team as rows of facts."""

from commonground.analysis import facts
from commonground.coalition.models import Member
from commonground.guidance.reading import Reading


def team(reading: Reading) -> list[facts.Member]:
    """Every period of membership, those who were asked and those who said no as well."""
    rows = Member.objects.filter(program=reading.program).order_by("pk")
    return [
        facts.Member._make(row)
        for row in rows.values_list("person__key", "consent", "hours_per_week", "manager_agreed", "start", "end")
    ]
