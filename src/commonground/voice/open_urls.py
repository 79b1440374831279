"""Addresses that need no sign-in."""

from django.urls import URLPattern, path

from commonground.voice import open_views

app_name = "voice_open"
urlpatterns: list[URLPattern] = [
    path("say/<slug:code>/", open_views.say, name="say"),
    path("follow/", open_views.follow, name="follow"),
]
