"""Addresses of messages."""

from django.urls import URLPattern, path

from commonground.communication import (
    message_action_views,
    message_calendar_views,
    message_list_views,
    message_page_views,
)

patterns: list[URLPattern] = [
    path("messages/", message_list_views.listed, name="messages"),
    path("messages/calendar/", message_calendar_views.month, name="calendar"),
    path("messages/known/", message_calendar_views.known, name="known"),
    path("messages/channels/", message_list_views.preferred, name="preferred"),
    path("messages/audience/", message_page_views.audience, name="audience"),
    path("messages/<int:pk>/", message_page_views.message, name="message"),
    path("messages/<int:pk>/people/", message_page_views.people, name="message-people"),
    path("messages/<int:pk>/notice.pdf", message_page_views.notice_pdf, name="notice"),
    path("messages/<int:pk>/read/", message_page_views.read, name="read"),
    *message_action_views.patterns,
]
