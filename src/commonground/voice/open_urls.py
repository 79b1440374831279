"""Addresses that need no sign-in."""

from django.urls import URLPattern

app_name = "voice_open"
urlpatterns: list[URLPattern] = []
