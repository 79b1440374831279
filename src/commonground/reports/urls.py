from django.urls import URLPattern, path

from commonground.reports import for_me_views, ownership_views, search_views, team_sheet_views, views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", views.today, name="today"),
    path("", views.today, name="home"),  # the name by which the frame knows it
    path("ownership/", ownership_views.ownership, name="ownership"),
    path("search/", search_views.search_page, name="search"),
    path("for-me/", for_me_views.page, name="for-me"),
    path("for-me/roles/<int:pk>/", for_me_views.step, name="for-me-step"),
    path("team-sheet/", team_sheet_views.page, name="team-sheet"),
]
