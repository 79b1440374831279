"""Reads gates, and what says so at each, as rows of facts."""

from commonground.analysis import facts
from commonground.analysis.plan.criteria import FILED, MET, PROMISED
from commonground.guidance.reading import Reading
from commonground.plan.models import Condition, Evidence, Gate


def gates(reading: Reading) -> list[facts.Gate]:
    rows = Gate.objects.filter(program=reading.program).order_by("pk")
    columns = ("number", "unit__key", "state", "asked_on", "decided_on", "decided_by__key")
    return [facts.Gate._make(row) for row in rows.values_list(*columns)]


def evidence(reading: Reading) -> list[facts.Evidence]:
    """What was measured or filed, and conditions that are for a criterion: a promise while open, evidence once they are met."""
    rows = Evidence.objects.filter(program=reading.program).order_by("pk")
    columns = ("gate__number", "gate__unit__key", "criterion", "answer", "how", "on", "filed_by__key", "value", "words")
    found = [
        facts.Evidence(number, unit, criterion, answer, how, on, by, None, value, words or None)
        for number, unit, criterion, answer, how, on, by, value, words in rows.values_list(*columns)
    ]
    promised = Condition.objects.filter(program=reading.program).exclude(criterion="").order_by("pk")
    named = ("gate__number", "gate__unit__key", "criterion", "met_on", "made_on", "owner__key", "due", "words")
    for number, unit, criterion, met, made, owner, due, words in promised.values_list(*named):
        answer, on = (MET, met) if met else (PROMISED, made)
        found.append(facts.Evidence(number, unit, criterion, answer, FILED, on, owner, due, None, words))
    return found
