"""Amounts of money in forms: written as people write them, kept as whole numbers of the smallest unit."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from commonground.analysis.plan.money import exact
from commonground.plan.budgets import amount_of
from commonground.programs.register import CannotError

_MARKS = re.compile(r"€|\$|£|¥|\b[A-Z]{3}\b|\u00a0")  # what stands beside an amount
_GROUPED = re.compile(r"-?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$")


class MoneyField(forms.CharField):
    """“12300”, “12,300.50”, “€ 12 300”. Answers the amount in the smallest unit of `currency`, which the form sets."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.currency = "EUR"

    def prepare_value(self, value: Any) -> Any:
        return str(exact(value, self.currency)) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        given = str(super().clean(value) or "").strip()
        if not given:
            return 0
        text = _MARKS.sub("", given).replace("−", "-").strip()
        if _GROUPED.match(text):
            text = re.sub(r"[,' ]", "", text)
        try:
            amount = amount_of(Decimal(text), self.currency)
        except (InvalidOperation, CannotError):
            raise forms.ValidationError(f"“{value}” is no amount. Write it as 12,300 or 12,300.50.") from None
        if not -(10**16) < amount < 10**16:
            raise forms.ValidationError("This is more than any budget. Check the amount.")
        return amount
