"""Addresses of the coalition's pages that read stored results; `config.urls` joins them to those of its own folder."""

from django.urls import URLPattern

coalition_urls: list[URLPattern] = []
