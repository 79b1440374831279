"""Addresses of the coalition's pages that read stored results; `config.urls` joins them to those of its own folder."""

from django.urls import URLPattern, path

from commonground.reports import champion_views, my_peers_views, sponsors_views, team_compose_views, team_views

coalition_urls: list[URLPattern] = [
    path("champions/", champion_views.champions, name="champions"),
    path("my-peers/", my_peers_views.page, name="my-peers"),
    path("sponsors/", sponsors_views.sponsors, name="sponsors"),
    path("team/", team_views.team, name="team"),
    path("team/compose/", team_compose_views.compose, name="compose"),
    path("team/compose/seat/", team_compose_views.seat, name="seat-team"),
]
