"""Rounds of assessments, who was invited, the right to answer, and answers that belong to nobody."""

from commonground.assessments.answering import Answer
from commonground.assessments.own_instruments import OwnInstrument
from commonground.assessments.rounds import Combination, Invited, Round
from commonground.assessments.tokens import Token

__all__ = ["Answer", "Combination", "Invited", "OwnInstrument", "Round", "Token"]
