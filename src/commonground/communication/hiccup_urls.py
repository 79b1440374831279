"""The addresses of hiccup plans, the live page, and what customers told us."""

from django.urls import URLPattern

from commonground.communication import hiccup_views, live_views, plan_part_views, told_views

patterns: list[URLPattern] = [
    *hiccup_views.patterns,
    *plan_part_views.patterns,
    *live_views.patterns,
    *told_views.patterns,
]
