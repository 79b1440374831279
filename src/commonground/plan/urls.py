from django.urls import URLPattern

from commonground.plan import phase_urls

app_name = "plan"
urlpatterns: list[URLPattern] = [
    *phase_urls.patterns,
]
