from django.urls import URLPattern, path

from commonground.communication import action_views, views

app_name = "communication"
urlpatterns: list[URLPattern] = [
    path("customers/", views.collaboration, name="collaboration"),
    *action_views.patterns,
]
