"""Addresses of the pages of training that read stored results."""

from django.urls import URLPattern, path

from commonground.reports import training_views

training_urls: list[URLPattern] = [
    path("training/", training_views.training, name="training"),
    path("training/<int:pk>/", training_views.module, name="module"),
]
