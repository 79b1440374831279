"""Addresses of experiments and of the effects of roll-outs."""

from django.urls import URLPattern, path

from commonground.guidance import experiment_views, roll_out_views
from commonground.programs.row_views import register_urls

patterns: list[URLPattern] = [
    path("pace/experiments/", experiment_views.experiments, name="experiments"),
    path("pace/experiments/<int:pk>/", experiment_views.experiment, name="experiment"),
    path("pace/experiments/<int:pk>/plan/", experiment_views.plan_experiment, name="experiment-plan"),
    path("pace/experiments/<int:pk>/power/", experiment_views.power, name="experiment-power"),
    path("pace/experiments/<int:pk>/finish/<slug:verb>/", experiment_views.finish, name="experiment-finish"),
    path("pace/experiments/<int:pk>/<slug:verb>/", experiment_views.turn, name="experiment-turn"),
    path("pace/<int:pk>/roll-out/", roll_out_views.effect, name="roll-out"),
    *register_urls(experiment_views.EXPERIMENT, experiment_views.VERB, "pace"),
]
