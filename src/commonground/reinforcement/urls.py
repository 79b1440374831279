"""Addresses of what keeps a new way going; the pages that read budget and pace together stand in plan, under the same names."""

from django.urls import URLPattern, path

from commonground.programs.row_views import adding, bringing_back, editing, putting_back, removing, taking_away
from commonground.reinforcement import views
from commonground.reinforcement.models import Sunset
from commonground.reinforcement.views import AROUND, CHANGE, GIVEN, STEP, page_of_sunset

app_name = "reinforcement"
CORRECT = "corrective.change"

urlpatterns: list[URLPattern] = [
    path("plan/reinforcement/done/add/", adding(GIVEN, CHANGE), name="add-given"),
    path("plan/reinforcement/done/<int:pk>/", views.given, name="given"),
    path("plan/reinforcement/done/<int:pk>/change/", editing(GIVEN, CHANGE), name="edit-given"),
    path("plan/reinforcement/around/add/", adding(AROUND, CHANGE), name="add-around"),
    path("plan/reinforcement/around/<int:pk>/change/", editing(AROUND, CHANGE), name="edit-around"),
    path("plan/reinforcement/done/<int:pk>/remove/", removing(GIVEN, CHANGE), name="remove-reinforcement"),
    path("plan/reinforcement/done/put-back/<int:entry>/", putting_back(GIVEN, CHANGE), name="put-back-reinforcement"),
    path("plan/reinforcement/plans/<int:pk>/", views.planned, name="planned"),
    path("plan/reinforcement/<int:pk>/end-of-the-old-way/", views.say_sunset, name="sunset"),
    path(
        "plan/reinforcement/ends/<int:pk>/remove/",
        taking_away(Sunset, CHANGE, page_of_sunset, "the page of reinforcement"),
        name="remove-sunset",
    ),
    path(
        "plan/reinforcement/ends/put-back/<int:entry>/",
        bringing_back(Sunset, CHANGE, views.overview_of),
        name="put-back-sunset",
    ),
    path("plan/reinforcement/formal-steps/", views.steps, name="steps"),
    path("plan/reinforcement/formal-steps/add/", views.add_step, name="add-correctivestep"),
    path("plan/reinforcement/formal-steps/<int:pk>/change/", editing(STEP, CORRECT), name="edit-correctivestep"),
    path("plan/reinforcement/formal-steps/<int:pk>/remove/", removing(STEP, CORRECT), name="remove-correctivestep"),
    path(
        "plan/reinforcement/formal-steps/put-back/<int:entry>/",
        putting_back(STEP, CORRECT),
        name="put-back-correctivestep",
    ),
]
