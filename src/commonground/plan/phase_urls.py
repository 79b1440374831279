"""Addresses of phases."""

from django.urls import URLPattern, path

from commonground.plan import phase_views
from commonground.plan.phase_views import PHASE
from commonground.programs.row_views import register_urls

patterns: list[URLPattern] = [
    path("program/phases/", phase_views.phases, name="phases"),
    path("program/phase/<int:pk>/began/", phase_views.enter, name="enter-phase"),
    path("program/phase/<int:pk>/not-begun/", phase_views.take_back, name="phase-not-begun"),
    *register_urls(PHASE, "phases.change", "program"),
]
