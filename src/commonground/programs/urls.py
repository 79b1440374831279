from django.urls import URLPattern, path

from commonground.programs import row_views, views
from commonground.programs.row_views import ACTIVITY, ENGAGEMENT, MILESTONE, STRATEGY, register_urls

app_name = "programs"


urlpatterns: list[URLPattern] = [
    path("program/goal/", row_views.goal, name="goal"),
    path("program/engagements/", views.engagements, name="engagements"),
    path("program/activities/", views.activities, name="activities"),
    path("program/activities/<int:pk>/<slug:state>/", row_views.set_state, name="set-state"),
    *register_urls(STRATEGY, "program.change", "program"),
    *register_urls(MILESTONE, "program.change", "program"),
    *register_urls(ENGAGEMENT, "engagements.change", "program"),
    *register_urls(ACTIVITY, "activities.change", "program"),
]
