"""The address of the program line; `config.urls` joins it to those of programs, under the name by which everybody knows it."""

from django.urls import URLPattern, path

from commonground.plan import line_views

line_urls: list[URLPattern] = [path("program/", line_views.line, name="line")]
