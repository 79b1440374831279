"""Addresses of the plan's pages that read stored results; `config.urls` joins them to those of its own folder."""

from django.urls import URLPattern

from commonground.reports.training_urls import training_urls

plan_urls: list[URLPattern] = [
    *training_urls,
]
