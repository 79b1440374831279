from django.urls import URLPattern, path

from commonground.programs import row_views, views
from commonground.programs.row_views import ENGAGEMENT, MILESTONE, STRATEGY, register_urls

app_name = "programs"


urlpatterns: list[URLPattern] = [
    path("program/goal/", row_views.goal, name="goal"),
    path("program/engagements/", views.engagements, name="engagements"),
    path("program/activities/", views.activities, name="activities"),
    *register_urls(STRATEGY, "program.change", "program"),
    *register_urls(MILESTONE, "program.change", "program"),
    *register_urls(ENGAGEMENT, "engagements.change", "program"),
]
