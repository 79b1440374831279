"""Addresses of the pages of reinforcement that read the budget; `config.urls` joins them to those of its own folder."""

from django.urls import URLPattern, path

from commonground.plan import reinforcement_views as views
from commonground.plan.reinforcement_views import CHANGE, SCHEDULE
from commonground.programs.row_views import putting_back, removing

reinforcement_urls: list[URLPattern] = [
    path("plan/reinforcement/", views.overview, name="overview"),
    path("plan/reinforcement/<int:pk>/", views.behaviour, name="behaviour"),
    path("plan/reinforcement/plans/add/", views.add_schedule, name="add-schedule"),
    path("plan/reinforcement/plans/<int:pk>/change/", views.edit_schedule, name="edit-schedule"),
    path("plan/reinforcement/plans/<int:pk>/remove/", removing(SCHEDULE, CHANGE), name="remove-schedule"),
    path("plan/reinforcement/plans/put-back/<int:entry>/", putting_back(SCHEDULE, CHANGE), name="put-back-schedule"),
]
