"""Answers: a token is spent and an answer is written in one transaction, and nothing else is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from commonground.access.unordered import random_pk
from commonground.access.visibility import Gated
from commonground.assessments.in_days import OPEN
from commonground.assessments.rounds import Combination, Round
from commonground.assessments.tokens import Token, digest_of


class Answer(models.Model):
    """One questionnaire that was answered: its round, its combination, what was chosen (`instruments.columns` → number).

    The primary key is random and given by us, since rows of one that counts up would lie in order of arrival.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    combination = models.ForeignKey(Combination, on_delete=models.CASCADE, related_name="answers")
    values = models.JSONField(default=dict)

    objects = Gated["Answer"].as_manager()


class NotTakenError(ValueError):
    """An answer that cannot be taken. `why`: unknown, spent, early, closed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def token_for(text: str, day: date) -> Token:
    """The token that these words are, with its round, while it can be answered. Raises NotTakenError."""
    token = Token.objects.select_related("round").filter(digest=digest_of(text)).first() if text else None
    if token is None:
        raise NotTakenError("unknown")
    if not token.round.takes_answers(day):
        raise NotTakenError("early" if token.round.state == OPEN and day < token.round.opens_on else "closed")
    if token.spent:
        raise NotTakenError("spent")
    return token


def answer(token: Token, values: Mapping[str, Any]) -> None:
    """Spends the token and keeps the answer, both or neither. Raises NotTakenError when it was spent meanwhile.

    Who asks twice, as a browser does that lost its line, finds the token spent: nothing is lost and nothing is there twice.
    """
    with transaction.atomic():
        free = Token.objects.filter(pk=token.pk, spent=False, round__state=OPEN)
        if free.update(spent=True) != 1:
            raise NotTakenError("spent" if Token.objects.filter(pk=token.pk, round__state=OPEN).exists() else "closed")
        Answer.objects.bulk_create(
            [
                Answer(
                    pk=random_pk(),
                    round_id=token.round_id,
                    combination_id=token.combination_id,
                    values=dict(sorted(values.items())),
                )
            ]
        )
