from django.urls import URLPattern

from commonground.plan import activity_urls, budget_urls, gate_views, phase_urls, training_urls

app_name = "plan"
urlpatterns: list[URLPattern] = [
    *activity_urls.patterns,
    *budget_urls.patterns,
    *phase_urls.patterns,
    *gate_views.patterns,
    *training_urls.patterns,
]
