from django.urls import URLPattern

from commonground.plan import budget_urls, phase_urls, training_urls

app_name = "plan"
urlpatterns: list[URLPattern] = [
    *budget_urls.patterns,
    *phase_urls.patterns,
    *training_urls.patterns,
]
