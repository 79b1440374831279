"""Addresses of the budget and of the ledger; bringing a ledger is intake's."""

from django.urls import URLPattern, path

from commonground.plan import budget_views as views
from commonground.plan import ledger_views as ledgers

patterns: list[URLPattern] = [
    path("budget/", views.budget, name="budget"),
    path("budget/currency/", views.currency, name="currency"),
    path("budget/lines/add/", ledgers.add_line, name="add-budgetline"),
    path("budget/lines/<int:pk>/", views.budget_line, name="budget-line"),
    path("budget/lines/<int:pk>/change/", ledgers.edit_line, name="edit-budgetline"),
    path("budget/lines/<int:pk>/remove/", ledgers.remove_line, name="remove-budgetline"),
    path("budget/lines/put-back/<int:entry>/", ledgers.put_back_line, name="put-back-budgetline"),
    path("budget/ledger/", ledgers.ledger, name="ledger"),
    path("budget/ledger/<int:pk>/", ledgers.ledger_file, name="ledger-file"),
    path("budget/ledger/<int:pk>/take/", ledgers.take_ledger, name="take-ledger"),
    path("budget/ledger/<int:pk>/undo/", ledgers.undo_ledger, name="undo-ledger"),
    path("budget/ledger/<int:pk>/again/", ledgers.take_ledger_again, name="take-ledger-again"),
    path("budget/ledger/bookings/<int:pk>/double/", ledgers.say_double, name="say-double"),
    path("budget/ledger/rules/add/", ledgers.add_rule, name="add-ledgerrule"),
    path("budget/ledger/rules/<int:pk>/change/", ledgers.edit_rule, name="edit-ledgerrule"),
    path("budget/ledger/rules/<int:pk>/remove/", ledgers.remove_rule, name="remove-ledgerrule"),
    path("budget/ledger/rules/put-back/<int:entry>/", ledgers.put_back_rule, name="put-back-ledgerrule"),
]
