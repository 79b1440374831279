"""Addresses of results, culture, the amount of change and impacts."""

from django.urls import URLPattern, path

from commonground.assessments import amount_views, rating_views, result_views
from commonground.assessments.amount_views import CONCURRENT, DIVERGENCE, HOURS
from commonground.assessments.rating_views import IMPACT, RATING
from commonground.programs.row_views import Kind, adding, editing, putting_back, removing

DECIDES, RATES = "amount_of_change.decide", "impacts.rate"


def rows(kind: Kind, verb: str, under: str) -> list[URLPattern]:
    """Add, change, remove and put back, for one kind of row, below an address."""
    name = str(kind.model._meta.model_name)
    return [
        path(f"{under}/add/", adding(kind, verb), name=f"add-{name}"),
        path(f"{under}/<int:pk>/change/", editing(kind, verb), name=f"edit-{name}"),
        path(f"{under}/<int:pk>/remove/", removing(kind, verb), name=f"remove-{name}"),
        path(f"{under}/put-back/<int:entry>/", putting_back(kind, verb), name=f"put-back-{name}"),
    ]


urlpatterns: list[URLPattern] = [
    path("assessments/<int:pk>/results/", result_views.result, name="results"),
    path("assessments/<int:pk>/response/", result_views.response, name="response"),
    path("assessments/<int:pk>/close/", result_views.close_round, name="close-round"),
    path("assessments/<int:pk>/finish/", result_views.finish_round, name="finish-round"),
    path("assessments/culture/", result_views.culture, name="culture"),
    path("assessments/amount/", amount_views.amount, name="amount"),
    path("assessments/amount/decide/", amount_views.decide, name="decide-amount"),
    path("assessments/amount/<int:pk>/take-back/", amount_views.take_back, name="take-back-amount"),
    *rows(DIVERGENCE, DECIDES, "assessments/amount/divergence"),
    *rows(HOURS, DECIDES, "assessments/amount/hours"),
    *rows(CONCURRENT, DECIDES, "assessments/amount/other-changes"),
    path("assessments/impacts/", rating_views.impacts, name="impacts"),
    *rows(IMPACT, "impacts.change", "assessments/impacts"),
    path("assessments/impacts/<int:pk>/rate/<slug:side>/", rating_views.rate, name="rate-impact"),
    path("assessments/impacts/ratings/<int:pk>/remove/", rating_views.remove_rating, name="remove-impactrating"),
    path(
        "assessments/impacts/ratings/put-back/<int:entry>/", putting_back(RATING, RATES), name="put-back-impactrating"
    ),
]
