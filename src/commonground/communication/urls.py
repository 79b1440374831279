from django.urls import URLPattern, path

from commonground.communication import (
    action_views,
    cascade_urls,
    contact_views,
    hiccup_urls,
    message_urls,
    reach_views,
    sending_action_views,
    views,
)

app_name = "communication"
urlpatterns: list[URLPattern] = [
    path("customers/", views.collaboration, name="collaboration"),
    *action_views.patterns,
    *contact_views.patterns,
    *reach_views.patterns,
    *hiccup_urls.patterns,
    *cascade_urls.patterns,
    *message_urls.patterns,
    *sending_action_views.patterns,
]
