from django.urls import URLPattern, path

from commonground.reports import for_me_views, team_sheet_views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("for-me/", for_me_views.page, name="for-me"),
    path("for-me/roles/<int:pk>/", for_me_views.step, name="for-me-step"),
    path("team-sheet/", team_sheet_views.page, name="team-sheet"),
]
