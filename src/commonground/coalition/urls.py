from django.urls import URLPattern

from commonground.coalition import nomination_urls, team_urls

app_name = "coalition"
urlpatterns: list[URLPattern] = [*team_urls.patterns, *nomination_urls.patterns]
