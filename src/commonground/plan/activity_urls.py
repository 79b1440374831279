"""Addresses of activities, of the ways to look at the plan, and of the calendar."""

from django.urls import URLPattern, path

from commonground.plan import activity_views, board_views, calendar_views

patterns: list[URLPattern] = [
    path("plan/", board_views.board, name="board"),
    path("plan/activities/", board_views.table, name="table"),
    path("plan/calendar/", calendar_views.month, name="calendar"),
    path("plan/time-line/", calendar_views.timeline, name="timeline"),
    path("plan/calendar/feed/", calendar_views.feed, name="feed"),
    path("plan/calendar/<str:token>.ics", calendar_views.ics, name="ics"),
    *activity_views.patterns,
]
