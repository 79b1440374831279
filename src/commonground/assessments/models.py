"""Rounds of assessments, who was invited, the right to answer, answers that belong to nobody, and what was published of them; how much
change is asked for at the outset, and impacts rated from two sides."""

from commonground.assessments.amount import AmountDecision, ConcurrentChange, DivergenceRating, Hours
from commonground.assessments.answering import Answer
from commonground.assessments.own_instruments import OwnInstrument
from commonground.assessments.published import PublishedTable, ResponseDay
from commonground.assessments.ratings import Impact, ImpactRating
from commonground.assessments.rounds import Combination, Invited, Round
from commonground.assessments.tokens import Token

__all__ = [
    "AmountDecision",
    "Answer",
    "Combination",
    "ConcurrentChange",
    "DivergenceRating",
    "Hours",
    "Impact",
    "ImpactRating",
    "Invited",
    "OwnInstrument",
    "PublishedTable",
    "ResponseDay",
    "Round",
    "Token",
]
