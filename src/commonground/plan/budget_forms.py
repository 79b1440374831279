"""Forms of the budget: its currency, its lines, and the rules by which bookings belong to them."""

from typing import Any

from django import forms

from commonground.analysis.practices import PRACTICES
from commonground.organization.fields import PersonField, UnitField
from commonground.plan.budget_fields import MoneyField
from commonground.plan.budgets import CURRENCIES, FOR, BudgetLine, currency_of
from commonground.plan.ledgers import LedgerRule
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form


class BudgetLineForm(OfProgramForm):
    purpose = forms.ChoiceField(
        label="It is for",
        required=False,
        choices=[("", "not said yet"), *FOR],
        help_text="By this people’s share is told.",
    )
    unit = UnitField(required=False, empty_label="the whole program", label="Unit")
    practice = forms.ChoiceField(
        required=False, choices=[("", "none in particular"), *((code, code) for code in PRACTICES)]
    )
    owner = PersonField(required=False, label="Who answers for it")
    planned = MoneyField(required=False, label="Planned")
    committed = MoneyField(required=False, label="Ordered and not yet paid")
    spent = MoneyField(required=False, label="Spent")
    hours = forms.DecimalField(required=False, min_value=0, max_digits=10, decimal_places=2, label="Hours planned")
    hours_spent = forms.DecimalField(required=False, min_value=0, max_digits=10, decimal_places=2, label="Hours used")
    progress = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        label="How much of it is done, in percent",
        help_text="Empty while nobody can say. With it, what it will come to is told by what the part that is done has cost.",
    )

    class Meta:
        model = BudgetLine
        fields = [
            "name", "purpose", "phase", "unit", "practice", "owner", "planned", "hours", "committed", "spent", "hours_spent",
            "progress", "progress_on", "note",
        ]  # fmt: skip
        labels = {"name": "What the money is for", "progress_on": "Done so far by", "note": "Note"}
        help_texts = {
            "name": "In words: “trainers and rooms for the first wave”.",
            "progress_on": "The day of that estimate.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = currency_of(self.program)
        for name in ("planned", "committed", "spent"):
            field = self.fields[name]
            if isinstance(field, MoneyField):
                field.currency = currency
            field.label = f"{field.label}, in {currency}"
        for name in ("committed", "spent", "hours_spent"):
            self.fields[name].help_text = "The bookings of a ledger take its place once there are any."

    def clean_hours(self) -> Any:
        return self.cleaned_data["hours"] or 0

    def clean_hours_spent(self) -> Any:
        return self.cleaned_data["hours_spent"] or 0


class CurrencyForm(Form):
    currency = forms.ChoiceField(
        choices=CURRENCIES, help_text="The one in which the budget was approved and the ledger is kept."
    )


class LedgerRuleForm(OfProgramForm):
    line = forms.ModelChoiceField(queryset=BudgetLine.objects.none(), label="Belong to", empty_label=None)

    class Meta:
        model = LedgerRule
        fields = ["field", "says", "line"]
        labels = {"field": "Bookings whose", "says": "This"}
        help_texts = {
            "says": "Without regard to case. An account or cost centre may end in *: 65* is every account from 65 on."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("line", BudgetLine.objects.visible_to(self.actor).filter(program=self.program))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        same = LedgerRule.objects.filter(program=self.program, field=values.get("field"), says=values.get("says"))
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a rule for this already. Change that one.")
        return values
