"""Addresses of the plan's pages that read stored results; `config.urls` joins them to those of its own folder."""

from django.urls import URLPattern

from commonground.reports.plan_load_urls import load_urls
from commonground.reports.training_urls import training_urls

plan_urls: list[URLPattern] = [
    *load_urls,
    *training_urls,
]
