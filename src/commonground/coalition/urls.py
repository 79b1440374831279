from django.urls import URLPattern

from commonground.coalition import champion_urls, nomination_urls, sponsor_urls, team_urls

app_name = "coalition"
urlpatterns: list[URLPattern] = [
    *team_urls.patterns,
    *champion_urls.patterns,
    *nomination_urls.patterns,
    *sponsor_urls.patterns,
]
