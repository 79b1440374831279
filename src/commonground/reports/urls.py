from django.urls import URLPattern, path

from commonground.reports import (
    for_me_views,
    held_views,
    ownership_views,
    privacy_views,
    search_views,
    team_sheet_views,
    views,
)

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", views.today, name="today"),
    path("", views.today, name="home"),  # the name by which the frame knows it
    path("ownership/", ownership_views.ownership, name="ownership"),
    path("search/", search_views.search_page, name="search"),
    path("for-me/", for_me_views.page, name="for-me"),
    path("for-me/roles/<int:pk>/", for_me_views.step, name="for-me-step"),
    path("team-sheet/", team_sheet_views.page, name="team-sheet"),
    path("held/", held_views.held, name="held"),
    path("held/ask/", held_views.ask, name="ask"),
    path("held/requests/<int:pk>/", held_views.turn, name="turn-request"),
    path("privacy/", privacy_views.page, name="privacy"),
    path("privacy/keeping/<str:rule>/", privacy_views.keeping, name="keeping"),
    path("privacy/pack/", privacy_views.pack, name="pack"),
    path("privacy/requests/", held_views.requests, name="requests"),
    path("privacy/requests/<int:pk>/", held_views.answer, name="answer-request"),
]
