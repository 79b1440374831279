"""Addresses that need no sign-in: answering."""

from django.urls import URLPattern, path

from commonground.assessments import answer_views

app_name = "assessments_open"
urlpatterns: list[URLPattern] = [
    path("answer/", answer_views.enter, name="enter"),
    path("answer/thanks/", answer_views.thanks, name="thanks"),
    path("answer/<path:code>/", answer_views.answer_page, name="answer"),
]
